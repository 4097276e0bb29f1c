/* The views of an index file, as SQL: the interface for those who ask it with SQL. Their names and columns are described
 * in the README and stay as they are; the tables behind them may change with the format. */
#ifndef FLONG_INDEX_VIEWS_H
#define FLONG_INDEX_VIEWS_H

/* SQL has its own lines. */
/* clang-format off */

/* A time as ISO 8601 in UTC; NULL where it is not known. */
#define VIEW_TIME(seconds) "strftime('%Y-%m-%dT%H:%M:%SZ', " seconds ", 'unixepoch')"

/* Dates and their ends, in both forms. */
#define VIEW_SEEN(from, to) \
    VIEW_TIME(from) " AS first_seen, " VIEW_TIME(to) " AS last_seen," \
    " " from " AS first_seen_unix, " to " AS last_seen_unix"

#define VIEW_RELATION(number) \
    "CASE " number " WHEN 1 THEN 'identical' WHEN 2 THEN 'reprint' WHEN 3 THEN 'excerpt'" \
    " WHEN 4 THEN 'rewrite' WHEN 5 THEN 'related' WHEN 6 THEN 'original' END"

/* The number of the story that a text group is in: a story of one text group has no row. */
#define VIEW_STORY(text_no) "coalesce((SELECT story_no FROM telling WHERE text_no = " text_no "), " text_no ")"

/* Published first, undated ones last, ties by arrival: the order in which articles are originals. */
#define VIEW_EARLIEST "published IS NULL, published, no LIMIT 1"

/* Whether an article in a join with its place is the original of its text group. */
#define VIEW_IS_ORIGINAL "(p.of_no IS NULL OR p.relation BETWEEN 3 AND 5)"

static const char views_sql[] =
    /* An article that is not alone and has no place came with a call that was killed: its relation is not known yet. */
    "CREATE VIEW article AS SELECT a.no, a.id, t.id AS text_id, s.id AS story_id,"
    " CASE WHEN a.stub THEN 'stub' WHEN p.no IS NOT NULL THEN " VIEW_RELATION("p.relation")
    " WHEN EXISTS (SELECT 1 FROM telling WHERE text_no = a.text_no) OR"
    " EXISTS (SELECT 1 FROM group_row WHERE no = a.text_no AND size > 1) THEN NULL ELSE 'single' END AS relation,"
    " o.id AS of, o.site AS of_site, round((a.published - o.published) / 3600.0, 2) AS lag_hours,"
    " p.jaccard / 10000.0 AS jaccard, p.contained / 10000.0 AS contained, p.contains / 10000.0 AS contains,"
    " p.similarity / 10000.0 AS similarity, p.credited, a.agency, a.credit, a.place,"
    " round(1.0 * a.furniture / max(a.all_tokens, 1), 4) AS furniture, a.tokens, a.site, a.title, a.url,"
    " a.author, a.lang, " VIEW_TIME("a.published") " AS published, a.published AS published_unix"
    " FROM article_row a JOIN article_row t ON t.no = a.text_no"
    " JOIN article_row s ON s.no = " VIEW_STORY("a.text_no")
    " LEFT JOIN place_row p ON p.no = a.no LEFT JOIN article_row o ON o.no = p.of_no;"

    /* Of rewrites and related articles only the similarity is known. */
    "CREATE VIEW pair AS SELECT x.id AS a, y.id AS b, " VIEW_RELATION("p.relation") " AS relation,"
    " CASE WHEN p.relation < 4 THEN round(p.jaccard, 4) END AS jaccard,"
    " CASE WHEN p.relation < 4 THEN round(p.a_in_b, 4) END AS a_in_b,"
    " CASE WHEN p.relation < 4 THEN round(p.b_in_a, 4) END AS b_in_a,"
    " p.longest_run, nullif(round(p.similarity, 4), 0) AS similarity, p.terms,"
    " x.site AS a_site, y.site AS b_site, x.title AS a_title, y.title AS b_title"
    " FROM pair_row p JOIN article_row x ON x.no = p.a JOIN article_row y ON y.no = p.b;"

    "CREATE VIEW text_group AS SELECT t.id AS text_id, s.id AS story_id, o.id AS original, o.site, o.title,"
    " g.size AS articles, (SELECT count(DISTINCT site) FROM article_row WHERE text_no = g.no) AS sites,"
    " " VIEW_SEEN("(SELECT min(published) FROM article_row WHERE text_no = g.no)",
                  "(SELECT max(published) FROM article_row WHERE text_no = g.no)") ","
    " round(g.weakest, 4) AS weakest"
    " FROM group_row g JOIN article_row t ON t.no = g.no JOIN article_row s ON s.no = " VIEW_STORY("g.no")
    " JOIN article_row o ON o.no = (SELECT no FROM article_row WHERE text_no = g.no ORDER BY " VIEW_EARLIEST ")"
    " WHERE g.size > 1;"

    "CREATE VIEW story AS SELECT f.id AS story_id, (SELECT title FROM article_row WHERE text_no = n.no OR text_no IN"
    " (SELECT text_no FROM telling WHERE story_no = n.no) ORDER BY " VIEW_EARLIEST ") AS title,"
    " n.articles, n.texts, n.sites, n.independent, n.agencies, " VIEW_SEEN("n.first", "n.last") ","
    " round(coalesce(r.weakest, 1), 4) AS weakest"
    " FROM (SELECT coalesce(l.story_no, a.text_no) AS no, count(*) AS articles, count(DISTINCT a.text_no) AS texts,"
    " count(DISTINCT a.site) AS sites, count(DISTINCT CASE WHEN " VIEW_IS_ORIGINAL " THEN a.site END) AS independent,"
    " group_concat(DISTINCT a.agency) AS agencies, min(a.published) AS first, max(a.published) AS last"
    " FROM article_row a LEFT JOIN telling l ON l.text_no = a.text_no LEFT JOIN place_row p ON p.no = a.no"
    " GROUP BY 1 HAVING count(*) > 1) n"
    " JOIN article_row f ON f.no = n.no LEFT JOIN story_row r ON r.no = n.no;"

    /* Copies are asked for their credit (p.credited) only where they repeat another site's article. */
    "CREATE VIEW site AS SELECT a.site, count(*) AS articles, sum(a.stub) AS stubs,"
    " count(*) - sum(a.stub) - count(p.of_no) + sum(a.stub AND p.of_no IS NOT NULL) AS originals,"
    " count(p.credited) AS copies, coalesce(sum(p.credited), 0) AS credited,"
    " count(CASE WHEN p.relation = 4 THEN 1 END) AS rewrites,"
    " coalesce(c.copied, 0) AS copied, coalesce(c.credited, 0) AS copied_credited,"
    " " VIEW_SEEN("min(a.published)", "max(a.published)")
    " FROM article_row a LEFT JOIN place_row p ON p.no = a.no"
    " LEFT JOIN (SELECT o.site, count(*) AS copied, sum(q.credited) AS credited FROM place_row q"
    " JOIN article_row o ON o.no = q.of_no WHERE q.credited IS NOT NULL GROUP BY o.site) c ON c.site = a.site"
    " WHERE a.site IS NOT NULL GROUP BY a.site;"

    "CREATE VIEW event AS SELECT e.seq, e.kind, t.id AS text_id, i.id AS into_id, a.id AS at_id"
    " FROM event_row e LEFT JOIN article_row t ON t.no = e.text_no LEFT JOIN article_row i ON i.no = e.into_no"
    " LEFT JOIN article_row a ON a.no = e.at_no;";
/* clang-format on */

#endif
