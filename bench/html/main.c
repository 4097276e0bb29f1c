/* flong-html read FOLDER [ROUNDS]         prints the pages of a folder as JSON lines
 * flong-html score GOLD PAGES [--each]    compares bodies with those of GOLD, by id */
#include <stdio.h>
#include <string.h>

#include "arguments/number.h"
#include "html.h"

int main(int argc, char **argv) {
    if ((argc == 3 || argc == 4) && strcmp(argv[1], "read") == 0) {
        pages_read(argv[2], argc == 4 ? argument_number("flong-html", "ROUNDS", argv[3], 1, 1000) : 1);
        return 0;
    }
    if ((argc == 4 || (argc == 5 && strcmp(argv[4], "--each") == 0)) && strcmp(argv[1], "score") == 0) {
        pages_score(argv[2], argv[3], argc == 5);
        return 0;
    }
    fputs("usage: flong-html read FOLDER [ROUNDS]\n       flong-html score GOLD PAGES [--each]\n", stderr);
    return 2;
}
