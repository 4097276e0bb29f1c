#include "text/phrases.h"

#include <string.h>

/* What notices to the reader say and news seldom does. A sentence with one of these is a notice; so they must not
 * be words that a story about subscriptions or cookies would be full of. */
static const char *const notices[] = {
    /* English: rights and terms */
    "rights reserved",
    "privacy policy",
    "privacy notice",
    "cookie policy",
    "cookie statement",
    "terms of use",
    "terms of service",
    "terms and conditions",
    "terms conditions",
    "user agreement",
    "your privacy choices",
    "accept our terms",
    "may not be published broadcast",
    "may not be reproduced",
    "shall not be republished",
    "prior written permission",
    "strictly prohibited",
    "without permission",
    "reprint permission",
    "registered trademark",
    "third party trademarks",
    "license for publishing",
    "affiliate links",
    "an affiliate link",
    "earn a commission",
    "earn commission",
    "may receive compensation",
    "delayed by at least",
    "market data provided",
    "family of companies",
    "publishing family",
    "media brands",
    "site map",
    "ad choices",
    "skip to content",
    /* cookies and browsers */
    "uses cookies",
    "use cookies",
    "of cookies",
    "cookies collect",
    "cookies settings",
    "cookie settings",
    "cookies policy",
    "withdraw your consent",
    "targeted to your interests",
    "ad free experience",
    "premium account",
    "at any time and we",
    "trusted partners or sponsors",
    "agree to the terms",
    "agree to our terms",
    "our corporate site",
    "we may earn",
    "powered by wordpress",
    "media group and leading digital",
    "about relevant advertising",
    "an ad blocker",
    "your ad blocker",
    "adblock plus",
    "trust site",
    "ublock icon",
    "thank you for supporting",
    "on sale now",
    "want to keep up with",
    "article via your",
    "accept cookies",
    "cookies to improve",
    "cookies to ensure",
    "opt out if you wish",
    "or retrieve information",
    "store or access information",
    "your browser does not",
    "your browser is not",
    "enable javascript",
    "enable flash",
    "javascript is disabled",
    "page not found",
    "page you requested",
    "page you are looking for",
    "video is not available",
    "video will start in",
    "tap to play",
    /* subscriptions and forms */
    "your email address",
    "your inbox",
    "indicates required",
    "thank you for joining",
    "thank you for signing",
    "your friend s email",
    "email address is",
    "valid email",
    "correct email",
    "enter your email",
    "sign up for",
    "sign up to",
    "sign in",
    "log in",
    "login to",
    "subscribe to our",
    "subscribe now",
    "to subscribe",
    "subscribe today",
    "our newsletter",
    "our newsletters",
    "newsletter may contain",
    "unsubscribe from",
    "articles this month",
    "articles for this month",
    "free articles",
    "full access",
    "unlimited access",
    "already a subscriber",
    "subscribers only",
    "premium subscriber",
    "premium features",
    "premium content",
    "subscription options",
    "subscription package",
    "subscription account",
    "leave a reply",
    "leave a comment",
    "post a comment",
    "post comment",
    "comment on this article",
    "comments section",
    "comment policy",
    "enter your comment",
    "you are commenting using",
    "fill in your details",
    "view comments",
    "load comments",
    "join the conversation",
    "join the discussion",
    "required fields",
    "your name",
    "save my name",
    "follow us",
    "like us on",
    "adblock",
    "ad blocker",
    "about relevant advertising",
    "information about the content",
    "about our use of",
    "contact number if you are",
    "in the following ways",
    "subscribe to read",
    "access denied",
    "error 404",
    "404 not found",
    "share this",
    "share this story",
    "a link has been",
    "check out this story",
    "friends in your social network",
    "breaking news and more",
    "print this",
    "contact form",
    "send us feedback",
    "send edit request",
    "typo inaccuracy",
    "blog cannot share",
    "post was not sent",
    "email check failed",
    /* German, Dutch */
    "alle rechte vorbehalten",
    "datenschutz",
    "impressum",
    "newsletter abonnieren",
    "cookies zu",
    "jetzt anmelden",
    "alle rechten voorbehouden",
    "meld je aan",
    /* French, Spanish, Portuguese, Italian */
    "tous droits réservés",
    "politique de confidentialité",
    "conditions générales",
    "des cookies",
    "abonnez vous",
    "s abonner",
    "derechos reservados",
    "política de privacidad",
    "política de cookies",
    "términos y condiciones",
    "suscríbete",
    "iniciar sesión",
    "direitos reservados",
    "assine já",
    "diritti riservati",
    "informativa sulla privacy",
    "iscriviti alla",
    /* Russian, Ukrainian */
    "все права защищены",
    "политика конфиденциальности",
    "подписывайтесь на",
    "при использовании материалов",
    "усі права захищені",
    "підписуйтесь на",
    /* Arabic, Turkish, Hindi */
    "جميع الحقوق محفوظة",
    "سياسة الخصوصية",
    "tüm hakları saklıdır",
    "सर्वाधिकार सुरक्षित",
    /* Chinese, Japanese, Korean */
    "版权所有",
    "版權所有",
    "未经授权",
    "未經授權",
    "免责声明",
    "免責聲明",
    "不得转载",
    "不得轉載",
    "無断転載",
    "利用規約",
    "무단 전재",
    "재배포 금지",
};

/* Where a post ends, see POST_TOKENS. */
static const char *const posts[] = {"pic twitter com"};

/* Words of the first and second person, and of law. Left out are those that are another word, too: "us" (as the
 * country), "mine", "notre" (the church), "mi". */
static const char *const voices[] = {
    "i",      "my",    "myself",   "we",      "our",     "ours",  "ourselves", "you",  "your",  "yours",
    "let us", "shall", "hereby",   "ich",     "wir",     "unser", "unsere",    "je",   "nous",  "vous",
    "votre",  "yo",    "nosotros", "nuestro", "nuestra", "usted", "ustedes",   "nós",  "nosso", "nossa",
    "você",   "noi",   "я",        "мы",      "мой",     "наш",   "наша",      "вы",   "ваш",   "ваша",
    "ми",     "ви",    "我们",     "我們",    "你们",    "你們",  "نحن",       "أنتم",
};

/* Months, for dates. */
static const char *const months[] = {
    "january",   "february", "march",    "april",    "may", "june", "july", "august",
    "september", "october",  "november", "december", "jan", "feb",  "mar",  "apr",
    "jun",       "jul",      "aug",      "sept",     "sep", "oct",  "nov",  "dec",
};

/* What stands behind the caption of a picture or a film: its credit, or a button of the slide show. */
static const char *const pictures[] = {
    "getty images", "afp photo",    "ap photo",          "photo by", "photo credit",      "file photo",
    "afp getty",    "hide caption", "pressphoto agency", "up next",  "video provided by", "fullscreen",
};

/* What closes an agency's text: "(Reporting by Ann Weir; Editing by Tom Lock)". */
static const char *const closings[] = {"editing by"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct {
    phrase_kind kind;
    const char *const *phrases;
    size_t n;
} tables[] = {
    {PHRASE_NOTICE, notices, COUNT(notices)},    {PHRASE_POST, posts, COUNT(posts)},
    {PHRASE_PICTURE, pictures, COUNT(pictures)}, {PHRASE_CLOSING, closings, COUNT(closings)},
    {PHRASE_MONTH, months, COUNT(months)},       {PHRASE_VOICE, voices, COUNT(voices)},
};

enum {
    N_PHRASES =
        COUNT(notices) + COUNT(posts) + COUNT(pictures) + COUNT(closings) + COUNT(months) + COUNT(voices)
};
_Static_assert(N_PHRASES * 2 < PHRASE_SLOTS, "the hash table needs room");

static void bit_set(uint64_t *bits, uint64_t hash) {
    bits[hash / 64 % (PHRASE_FIRSTS / 64)] |= UINT64_C(1) << hash % 64;
}

static uint64_t bit_of(const uint64_t *bits, uint64_t hash) {
    return bits[hash / 64 % (PHRASE_FIRSTS / 64)] >> hash % 64 & 1;
}

/* Two tokens as one: many a phrase begins with "of" or "your". */
static uint64_t pair_of(uint64_t first, uint64_t second) { return first + (second >> 13); }

static bool phrase_add(phrase_table *all, tokenizer *reader, token_list *list, phrase_kind kind,
                       const char *words) {
    list->n = 0;
    if (!tokenize(reader, list, words, strlen(words), 0)) return false;
    size_t at = list->tokens[0].hash % PHRASE_SLOTS;
    while (all->slots[at].n) at = (at + 1) % PHRASE_SLOTS;
    phrase *p = &all->slots[at];
    uint64_t hash = list->tokens[0].hash;
    bit_set(all->firsts, hash);
    bit_set(all->starts, list->n > 1 ? pair_of(hash, list->tokens[1].hash) : hash);
    p->kind = kind;
    while (p->n < list->n && p->n < PHRASE_TOKENS) p->tokens[p->n] = list->tokens[p->n].hash, p->n++;
    return true;
}

phrase_table *phrases_new(tokenizer *reader) {
    phrase_table *all = mem_new(1, sizeof *all);
    token_list list = {0};
    bool ok = all;
    for (size_t t = 0; t < COUNT(tables); t++)
        for (size_t i = 0; ok && i < tables[t].n; i++)
            ok = phrase_add(all, reader, &list, tables[t].kind, tables[t].phrases[i]);
    mem_free(list.tokens);
    if (ok) return all;
    mem_free(all);
    return NULL;
}

const phrase *phrase_at(const phrase_table *all, const token *tokens, size_t n) {
    uint64_t hash = tokens[0].hash;
    if (!phrase_may_begin(all, hash)) return NULL;
    if (!(bit_of(all->starts, hash) | bit_of(all->starts, pair_of(hash, tokens[n > 1].hash)))) return NULL;
    for (size_t at = hash % PHRASE_SLOTS; all->slots[at].n; at = (at + 1) % PHRASE_SLOTS) {
        const phrase *p = &all->slots[at];
        size_t same = 0;
        while (same < p->n && same < n && tokens[same].hash == p->tokens[same]) same++;
        if (same == p->n) return p;
    }
    return NULL;
}
