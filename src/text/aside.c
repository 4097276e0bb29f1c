#include "text/aside.h"

#include <string.h>

/* ---- notices ----------------------------------------------------------------------------- */

/* What notices to the reader say and news seldom does. A sentence with one of these is a notice; so they must not
 * be words that a story about subscriptions or cookies would be full of. */
static const char *const phrases[] = {
    /* the end of a post, see POST_TOKENS; must be the first */
    "pic twitter com",
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

enum {
    N_PHRASES = sizeof phrases / sizeof *phrases,
    PHRASE_TOKENS = 5,
    SLOTS = 1024,
    NOTICE_GAP = 30, /* tokens between two notices that belong to them: the rest of a form, links */
    NOTICE_REACH =
        25 /* tokens on either side of a phrase that may be of its sentence: LONG_LINE of article.c */
};
_Static_assert(N_PHRASES * 2 < SLOTS, "the hash table needs room");

typedef struct phrase {
    uint64_t tokens[PHRASE_TOKENS];
    size_t n;
    bool post;
} phrase;

/* Open addressing by the first token; phrases that begin alike follow one another. */
struct notice_phrases {
    phrase slots[SLOTS];
};

static bool phrases_read(notice_phrases *all, tokenizer *reader, token_list *list) {
    for (size_t i = 0; i < N_PHRASES; i++) {
        list->n = 0;
        if (!tokenize(reader, list, phrases[i], strlen(phrases[i]), 0)) return false;
        size_t at = list->tokens[0].hash % SLOTS;
        while (all->slots[at].n) at = (at + 1) % SLOTS;
        all->slots[at].post = i == 0;
        for (size_t k = 0; k < list->n && k < PHRASE_TOKENS; k++)
            all->slots[at].tokens[all->slots[at].n++] = list->tokens[k].hash;
    }
    return true;
}

bool asides_ready(tokenizer *reader) {
    if (reader->phrases) return true;
    notice_phrases *all = mem_new(1, sizeof *all);
    token_list list = {0};
    if (all && !phrases_read(all, reader, &list)) {
        mem_free(all);
        all = NULL;
    }
    mem_free(list.tokens);
    reader->phrases = all;
    return all;
}

/* The phrase that stands at the first of n tokens, or NULL. */
static const phrase *phrase_at(const notice_phrases *all, const token *tokens, size_t n) {
    for (size_t at = tokens[0].hash % SLOTS; all->slots[at].n; at = (at + 1) % SLOTS) {
        const phrase *p = &all->slots[at];
        size_t same = 0;
        while (same < p->n && same < n && tokens[same].hash == p->tokens[same]) same++;
        if (same == p->n) return p;
    }
    return NULL;
}

/* Marks the sentence around the tokens [first, end). */
static void notice_mark(token *tokens, size_t n, size_t first, size_t end) {
    const uint32_t border = TOKEN_LINE | TOKEN_SENTENCE;
    for (size_t i = 0; i < NOTICE_REACH && first > 0 && !(tokens[first].before & border); i++) first--;
    for (size_t i = 0; i < NOTICE_REACH && end < n && !(tokens[end].before & border); i++) end++;
    for (size_t i = first; i < end; i++) tokens[i].before |= TOKEN_NOTICE;
}

/* Marks what lies between two tokens with one of the marks that are near one another. */
static void gaps_mark(token *tokens, size_t n, uint32_t marks, uint32_t mark) {
    size_t behind = n; /* the last one with such a mark */
    for (size_t i = 0; i < n; i++) {
        if (!(tokens[i].before & marks)) continue;
        for (size_t k = behind; k < i && i - behind <= NOTICE_GAP; k++) tokens[k].before |= mark;
        behind = i + 1;
    }
}

static void notices_mark(const notice_phrases *all, token *tokens, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const phrase *p = phrase_at(all, tokens + i, n - i);
        if (p && !p->post) notice_mark(tokens, n, i, i + p->n);
    }
}

/* ---- menus ------------------------------------------------------------------------------- */

/* So many lines one after the other, of so few tokens and without the end of a sentence, are a menu, a table or
 * a list of names. An address is a line; one in so many tokens with a mark of code before it makes a line code. */
enum { MENU_LINES = 4, MENU_TOKENS = 6, CODE_SHARE = 4 };

static size_t line_end(const token *tokens, size_t n, size_t first) {
    size_t end = first + 1;
    while (end < n && !(tokens[end].before & TOKEN_LINE)) end++;
    return end;
}

static bool line_is_code(const token *tokens, size_t first, size_t end) {
    size_t marks = 0;
    for (size_t i = first + 1; i < end; i++) marks += (tokens[i].before & TOKEN_CODE) != 0;
    return marks > 1 && marks * CODE_SHARE >= end - first;
}

static bool line_is_item(const token *tokens, size_t n, size_t first, size_t end) {
    if (tokens[first].before & TOKEN_ADDRESS || line_is_code(tokens, first, end)) return true;
    return end - first <= MENU_TOKENS && !(end < n && tokens[end].before & TOKEN_SENTENCE);
}

static void menus_mark(token *tokens, size_t n) {
    size_t first = 0, lines = 0;
    for (size_t at = 0, end; at < n; at = end) {
        end = line_end(tokens, n, at);
        bool item = line_is_item(tokens, n, at, end);
        if (item && lines++ == 0) first = at;
        if (!item) lines = 0;
        if (lines < MENU_LINES && !line_is_code(tokens, at, end)) continue;
        for (size_t i = first; i < end; i++) tokens[i].before |= TOKEN_MENU;
        first = end;
    }
}

/* ---- posts ------------------------------------------------------------------------------- */

/* A post that is shown within an article ("... — Name (@name) February 3, 2017") is a quotation, though no
 * marks say so: a line with a handle near its end, and the line before it when that one is short of words. */
enum { POST_SIGNATURE = 12, POST_SHORT = 8 };

static void line_quote(token *tokens, size_t first, size_t end) {
    for (size_t i = first; i < end; i++) tokens[i].before |= TOKEN_QUOTED;
}

/* Whether a line is the signature of a post, or ends in one. */
static bool line_is_signed(const token *tokens, size_t first, size_t end, size_t *at) {
    for (size_t i = first; i < end; i++)
        if (tokens[i].before & TOKEN_HANDLE && end - i <= POST_SIGNATURE) return *at = i, true;
    return false;
}

/* Where line ends are lost, a handle with a year soon behind it ends a post of so many tokens at most: 140
 * characters and a name. */
enum { POST_TOKENS = 36, POST_DATE = 5, YEAR_DIGITS = 4 };

/* Where the post ends that has its handle, or the address of its picture, at token i; 0: there is none. */
static size_t post_end(const notice_phrases *all, const token *tokens, size_t n, size_t i) {
    const phrase *p = phrase_at(all, tokens + i, n - i);
    if (p && p->post) return i + p->n;
    if (!(tokens[i].before & TOKEN_HANDLE)) return 0;
    for (size_t k = i + 1; k < n && k <= i + POST_DATE; k++)
        if (tokens[k].before & TOKEN_NUMBER && tokens[k].end - tokens[k].begin == YEAR_DIGITS) return k + 1;
    return 0;
}

static void post_mark(token *tokens, size_t least, size_t handle, size_t end) {
    line_quote(tokens, handle - least > POST_TOKENS ? handle - POST_TOKENS : least, end);
}

static void posts_mark(const notice_phrases *all, token *tokens, size_t n) {
    size_t previous = 0, handle; /* previous: the last line that is no address */
    for (size_t first = 0, end; first < n; first = end) {
        end = line_end(tokens, n, first);
        if (line_is_signed(tokens, first, end, &handle))
            line_quote(tokens, handle - first <= POST_SHORT ? previous : first, end);
        for (size_t i = first; i < end; i++) {
            size_t last = post_end(all, tokens, n, i);
            if (last) post_mark(tokens, i - first <= POST_SHORT ? previous : first, i, last);
        }
        if (!(tokens[first].before & TOKEN_ADDRESS)) previous = first;
    }
}

bool asides_notice(const tokenizer *reader, const token *tokens, size_t n) {
    const phrase *p = n > 0 ? phrase_at(reader->phrases, tokens, n) : NULL;
    return p && !p->post && p->n == n;
}

void asides_mark(const tokenizer *reader, token *tokens, size_t n) {
    notices_mark(reader->phrases, tokens, n);
    gaps_mark(tokens, n, TOKEN_NOTICE, TOKEN_NOTICE);
    menus_mark(tokens, n);
    gaps_mark(tokens, n, TOKEN_NOTICE | TOKEN_MENU, TOKEN_MENU);
    posts_mark(reader->phrases, tokens, n);
}
