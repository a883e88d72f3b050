#!/bin/sh
# Writes the rows of the data table fairtracks_catalogs: one for each value of each attribute of each source.
#
#   make_catalogs.sh SOURCES ROWS [--count]
#
# Each line of SOURCES is a source: document or server, identifier, name, and the path of the document or the form that asks the
# server, separated by tabs. --count counts the tracks of servers, too.
set -eu
sources=$1 rows=$2
shift 2
tab=$(printf '\t')
: > "$rows"
while IFS=$tab read -r kind identifier name where; do
    echo "$name" >&2
    case $kind in
    document)
        fairtracks_catalog --document "$where" --augment --output-form-table catalog.tabular
        ;;
    server)
        printf '%s\n' "$where" > form.json
        fairtracks_catalog --form form.json "$@" --output-form-table catalog.tabular
        ;;
    esac
    # Columns of a catalog for forms: 5 value, 7 hub, 8 attribute, 9 label of the attribute, 10 label of the value. What identifies a row
    # is its first column, as Galaxy expects of a data table.
    IDENTIFIER=$identifier NAME=$name awk -F "$tab" -v OFS="$tab" '!/^#/ {
        identifier = ENVIRON["IDENTIFIER"]
        print identifier "|" $7 "|" $8 "|" $5, identifier, ENVIRON["NAME"], $7, $8, $9, $5, $10
    }' catalog.tabular >> "$rows"
done < "$sources"
if ! [ -s "$rows" ]; then
    echo "found no values in any source, expected at least one: select a document or add a TrackFind server; the data tables fairtracks_documents and fairtracks_servers list them" >&2
    exit 1
fi
