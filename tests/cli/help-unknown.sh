flong help clustre
