/* The page of `flong report`: one file that holds a report and what draws it. Plain ES2020 without a framework.
 *
 * The data stands in blocks, <script type="application/flong" id="...">: one JSON value each, deflated and in base64,
 * unpacked when it is needed. src/report/page.h says what is in them. `overview`, `sites` and `stories` stand before
 * this script; `members-K` and `texts-K`, with the articles of stories and their texts, follow behind it and may still
 * be arriving.
 *
 * What comes out of the data was written by anybody. It reaches the page as text nodes and attributes that carry no
 * code (elements.js), with characters that would turn or hide their surroundings made visible (shown.js). The page's
 * policy forbids everything but this script and its style.
 */
"use strict";
