flong --version >a && flong -V | cmp - a
grep -c -x 'flong 0\.1\.0 (.*SQLite 3\.[0-9.]*.*xxHash 0\.[0-9.]*.*)' a
