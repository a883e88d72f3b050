# Turns a row of the data table fairtracks_catalogs into the JSON of a data manager.
function quoted(text,    place, character, result) {
    # Without gsub, since programs called awk disagree about backslashes in replacements.
    for (place = 1; place <= length(text); place++) {
        character = substr(text, place, 1)
        result = result (character == "\\" || character == "\"" ? "\\" character : character)
    }
    return "\"" result "\""
}
BEGIN {
    FS = "\t"
    split("value catalog catalog_name hub attribute attribute_label term term_label", columns, " ")
}
{
    printf "{\"data_tables\": {\"fairtracks_catalogs\": [{"
    for (number = 1; number <= NF; number++) {
        printf "%s%s: %s", (number > 1 ? ", " : ""), quoted(columns[number]), quoted($number)
    }
    print "}]}}"
}
