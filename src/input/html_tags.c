#include "input/html_tags.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK TAG_BLOCK

/* In the order of strcmp. */
static const tag_info tags[] = {
    {"a", 0, TAG_A},
    {"address", BLOCK, TAG_ADDRESS},
    {"area", TAG_VOID, TAG_OTHER},
    {"article", BLOCK, TAG_ARTICLE},
    {"aside", BLOCK | TAG_MENU, TAG_ASIDE},
    {"audio", BLOCK | TAG_UNSEEN, TAG_OTHER},
    {"base", TAG_VOID, TAG_OTHER},
    {"blockquote", BLOCK | TAG_PARAGRAPH, TAG_BLOCKQUOTE},
    {"body", BLOCK, TAG_BODY},
    {"br", TAG_BREAK | TAG_VOID, TAG_OTHER},
    {"button", BLOCK | TAG_UNSEEN, TAG_OTHER},
    {"canvas", BLOCK | TAG_UNSEEN, TAG_OTHER},
    {"caption", BLOCK | TAG_CAPTION, TAG_FIGCAPTION},
    {"center", BLOCK, TAG_DIV},
    {"col", TAG_VOID, TAG_OTHER},
    {"datalist", BLOCK | TAG_UNSEEN, TAG_OTHER},
    {"dd", BLOCK | TAG_PARAGRAPH, TAG_LI},
    {"details", BLOCK, TAG_DIV},
    {"dialog", BLOCK | TAG_MENU, TAG_ASIDE},
    {"dir", BLOCK, TAG_UL},
    {"div", BLOCK | TAG_PARAGRAPH, TAG_DIV},
    {"dl", BLOCK, TAG_UL},
    {"dt", BLOCK | TAG_PARAGRAPH, TAG_LI},
    {"embed", TAG_VOID, TAG_OTHER},
    {"fieldset", BLOCK | TAG_MENU, TAG_FORM},
    {"figcaption", BLOCK | TAG_CAPTION, TAG_FIGCAPTION},
    {"figure", BLOCK, TAG_FIGURE},
    {"footer", BLOCK | TAG_MENU, TAG_FOOTER},
    {"form", BLOCK, TAG_FORM},
    {"frameset", BLOCK, TAG_DIV},
    {"h1", BLOCK | TAG_HEADING, TAG_H1},
    {"h2", BLOCK | TAG_HEADING, TAG_H2},
    {"h3", BLOCK | TAG_HEADING, TAG_H2},
    {"h4", BLOCK | TAG_HEADING, TAG_H2},
    {"h5", BLOCK | TAG_HEADING, TAG_H2},
    {"h6", BLOCK | TAG_HEADING, TAG_H2},
    {"head", BLOCK, TAG_OTHER},
    {"header", BLOCK | TAG_MENU, TAG_HEADER},
    {"hr", TAG_BREAK | TAG_VOID, TAG_OTHER},
    {"html", BLOCK, TAG_HTML},
    {"img", TAG_VOID, TAG_OTHER},
    {"input", TAG_VOID, TAG_OTHER},
    {"label", TAG_UNSEEN, TAG_OTHER},
    {"legend", BLOCK, TAG_OTHER},
    {"li", BLOCK | TAG_PARAGRAPH, TAG_LI},
    {"link", TAG_VOID, TAG_LINK},
    {"main", BLOCK, TAG_MAIN},
    {"map", TAG_UNSEEN, TAG_OTHER},
    {"menu", BLOCK | TAG_MENU, TAG_NAV},
    {"meta", TAG_VOID, TAG_META},
    {"nav", BLOCK | TAG_MENU, TAG_NAV},
    {"noscript", BLOCK | TAG_UNSEEN, TAG_OTHER},
    {"object", TAG_UNSEEN, TAG_OTHER},
    {"ol", BLOCK, TAG_UL},
    {"optgroup", BLOCK | TAG_UNSEEN, TAG_OTHER},
    {"option", BLOCK | TAG_UNSEEN, TAG_OTHER},
    {"p", BLOCK | TAG_PARAGRAPH, TAG_P},
    {"param", TAG_VOID, TAG_OTHER},
    {"pre", BLOCK | TAG_PARAGRAPH, TAG_PRE},
    {"script", TAG_UNSEEN, TAG_OTHER},
    {"search", BLOCK | TAG_MENU, TAG_NAV},
    {"section", BLOCK, TAG_SECTION},
    {"select", TAG_UNSEEN, TAG_OTHER},
    {"source", TAG_VOID, TAG_OTHER},
    {"style", TAG_UNSEEN, TAG_OTHER},
    {"summary", BLOCK, TAG_DIV},
    {"svg", TAG_UNSEEN, TAG_OTHER},
    {"table", BLOCK, TAG_TABLE},
    {"tbody", BLOCK, TAG_TABLE},
    {"td", BLOCK | TAG_PARAGRAPH, TAG_TD},
    {"template", BLOCK | TAG_UNSEEN, TAG_OTHER},
    {"textarea", TAG_UNSEEN, TAG_OTHER},
    {"tfoot", BLOCK, TAG_TABLE},
    {"th", BLOCK, TAG_TD},
    {"thead", BLOCK, TAG_TABLE},
    {"time", 0, TAG_TIME},
    {"title", BLOCK, TAG_TITLE},
    {"tr", BLOCK, TAG_TR},
    {"track", TAG_VOID, TAG_OTHER},
    {"ul", BLOCK, TAG_UL},
    {"video", BLOCK | TAG_UNSEEN, TAG_OTHER},
    {"wbr", TAG_VOID, TAG_OTHER},
};

static int compare(const void *name, const void *row) { return strcmp(name, ((const tag_info *)row)->name); }

const tag_info *tag_find(const char *name) {
    static const tag_info unknown = {"", 0, TAG_INLINE};
    const tag_info *found = bsearch(name, tags, sizeof tags / sizeof *tags, sizeof *tags, compare);
    return found ? found : &unknown;
}

/* ---- class names --------------------------------------------------------- */

typedef struct mark_word {
    const char *word;
    uint16_t mark;
    bool is_whole; /* counts only where no letter stands before and behind it */
} mark_word;

/* In the order of strcmp: a word is found by its first two letters. */
static const mark_word words[] = {
    {"ad", MARK_ADVERT, true},
    {"ads", MARK_ADVERT, true},
    {"advert", MARK_ADVERT, false},
    {"affiliate", MARK_ADVERT, false},
    {"also", MARK_RELATED, true},
    {"article", MARK_BODY, false},
    {"article-body", MARK_TEXT, false},
    {"article-content", MARK_TEXT, false},
    {"article-text", MARK_TEXT, false},
    {"article__body", MARK_TEXT, false},
    {"article__content", MARK_TEXT, false},
    {"article_body", MARK_TEXT, false},
    {"articlebody", MARK_TEXT, false},
    {"articlecontent", MARK_TEXT, false},
    {"attribution", MARK_CAPTION, false},
    {"author", MARK_BYLINE, false},
    {"banner", MARK_ADVERT, false},
    {"bio", MARK_BIO, true},
    {"bluesky-embed", MARK_EMBED, false},
    {"body", MARK_BODY, false},
    {"body-content", MARK_TEXT, false},
    {"body-copy", MARK_TEXT, false},
    {"body-text", MARK_TEXT, false},
    {"bottom", MARK_SIDE, true},
    {"breadcrumb", MARK_MENU, false},
    {"byline", MARK_BYLINE, false},
    {"caption", MARK_CAPTION, false},
    {"carousel", MARK_RELATED, false},
    {"categor", MARK_TAGS, false},
    {"citation", MARK_MENU, false},
    {"comment", MARK_COMMENTS, false},
    {"consent", MARK_SIGNUP, false},
    {"content", MARK_BODY, false},
    {"content-body", MARK_TEXT, false},
    {"content__body", MARK_TEXT, false},
    {"contributor", MARK_BYLINE, false},
    {"cookie", MARK_SIGNUP, false},
    {"copyright", MARK_MENU, false},
    {"correction", MARK_BODY, false},
    {"credit", MARK_CAPTION, false},
    {"cutline", MARK_CAPTION, false},
    {"date", MARK_DATE, true},
    {"disclaimer", MARK_MENU, false},
    {"discuss", MARK_COMMENTS, false},
    {"disqus", MARK_COMMENTS, false},
    {"donat", MARK_SIGNUP, false},
    {"entry", MARK_BODY, false},
    {"entry-content", MARK_TEXT, false},
    {"fb-post", MARK_EMBED, false},
    {"featured", MARK_RELATED, false},
    {"footer", MARK_MENU, false},
    {"gallery", MARK_RELATED, false},
    {"gdpr", MARK_SIGNUP, false},
    {"instagram-media", MARK_EMBED, false},
    {"latest", MARK_RELATED, false},
    {"login", MARK_SIGNUP, false},
    {"masthead", MARK_MENU, false},
    {"mastodon-embed", MARK_EMBED, false},
    {"menu", MARK_MENU, false},
    {"modal", MARK_SIGNUP, false},
    {"more", MARK_RELATED, true},
    {"mostpopular", MARK_RELATED, false},
    {"mostread", MARK_RELATED, false},
    {"nav", MARK_MENU, true},
    {"navbar", MARK_MENU, false},
    {"navigation", MARK_MENU, false},
    {"newsletter", MARK_SIGNUP, false},
    {"outbrain", MARK_RELATED, false},
    {"overlay", MARK_SIGNUP, false},
    {"pagination", MARK_MENU, false},
    {"partner", MARK_ADVERT, false},
    {"photographer", MARK_CAPTION, false},
    {"popular", MARK_RELATED, false},
    {"popup", MARK_SIGNUP, false},
    {"post", MARK_BODY, true},
    {"post-body", MARK_TEXT, false},
    {"post-content", MARK_TEXT, false},
    {"promo", MARK_RELATED, false},
    {"rail", MARK_SIDE, true},
    {"readmore", MARK_RELATED, false},
    {"recirc", MARK_RELATED, false},
    {"recommend", MARK_RELATED, false},
    {"reddit-embed", MARK_EMBED, false},
    {"register", MARK_SIGNUP, false},
    {"related", MARK_RELATED, false},
    {"reply", MARK_COMMENTS, false},
    {"respond", MARK_COMMENTS, false},
    {"screen-reader", MARK_HIDDEN, false},
    {"share", MARK_SHARE, false},
    {"sharing", MARK_SHARE, false},
    {"sidebar", MARK_SIDE, false},
    {"signup", MARK_SIGNUP, false},
    {"skip", MARK_MENU, true},
    {"slideshow", MARK_RELATED, false},
    {"social", MARK_SHARE, false},
    {"sponsor", MARK_ADVERT, false},
    {"sr-only", MARK_HIDDEN, false},
    {"standfirst", MARK_BODY, false},
    {"story", MARK_BODY, false},
    {"story-body", MARK_TEXT, false},
    {"story-content", MARK_TEXT, false},
    {"story__body", MARK_TEXT, false},
    {"storybody", MARK_TEXT, false},
    {"subscri", MARK_SIGNUP, false},
    {"taboola", MARK_RELATED, false},
    {"tags", MARK_TAGS, true},
    {"teaser", MARK_RELATED, false},
    {"telegram-post", MARK_EMBED, false},
    {"tiktok-embed", MARK_EMBED, false},
    {"timestamp", MARK_DATE, false},
    {"tool", MARK_SHARE, true},
    {"toolbar", MARK_SHARE, false},
    {"tools", MARK_SHARE, true},
    {"topics", MARK_TAGS, true},
    {"trending", MARK_RELATED, false},
    {"twitter-tweet", MARK_EMBED, false},
    {"twitter-video", MARK_EMBED, false},
    {"visually-hidden", MARK_HIDDEN, false},
    {"visuallyhidden", MARK_HIDDEN, false},
    {"widget", MARK_SIDE, false},
};
enum { WORDS = sizeof words / sizeof *words };

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/* Two names of one word: "moreStories", "more-stories", "more_stories". */
static bool begins_word(const char *names, const char *at) {
    return at == names || !is_letter(at[-1]) || (is_upper(at[0]) && !is_upper(at[-1]));
}

static uint32_t marks_at(const char *names, const char *at, size_t row) {
    uint32_t marks = 0;
    for (char first = words[row].word[0]; row < WORDS && words[row].word[0] == first; row++) {
        size_t n = 1;
        while (words[row].word[n] && lower(at[n]) == words[row].word[n]) n++;
        if (words[row].word[n]) continue;
        bool ends = !is_letter(at[n]) || (is_upper(at[n]) && !is_upper(at[n - 1]));
        if (!words[row].is_whole || (ends && begins_word(names, at))) marks |= words[row].mark;
    }
    return marks;
}

/* The first row for each letter; WORDS: none. */
static size_t row_of(char first) {
    size_t low = 0, high = WORDS;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (words[middle].word[0] < first)
            low = middle + 1;
        else
            high = middle;
    }
    return low < WORDS && words[low].word[0] == first ? low : WORDS;
}

/* Bootstrap's name for what is not shown, without one that shows it on some screen. */
static bool is_not_shown(const char *names) {
    const char *at = strstr(names, "d-none");
    if (!at || (at > names && at[-1] != ' ') || (at[6] && at[6] != ' ')) return false;
    static const char *const screens[] = {"d-sm-", "d-md-", "d-lg-", "d-xl-", "d-xxl-"};
    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++)
        if (strstr(names, screens[i])) return false;
    return true;
}

uint32_t marks_of(const char *names) {
    uint32_t marks = is_not_shown(names) ? MARK_HIDDEN : 0;
    for (const char *at = names; *at && at - names < 400; at++) {
        size_t row = is_letter(*at) ? row_of(lower(*at)) : WORDS;
        if (row < WORDS) marks |= marks_at(names, at, row);
    }
    return marks;
}
