"""Runs a real Galaxy with the tools of this checkout in it.

`planemo/demo`, `planemo/test` and `planemo/serve` are thin scripts over these modules:

- `places`         where things stand in the checkout
- `steps`          progress lines and tables for people
- `processes`      programs started here, and stopped again
- `ports`          where programs listen
- `environment`    Galaxy, planemo and others, each installed in a virtual environment
- `toolbox`        our wrappers, and the tool panel that shows them
- `configuration`  the files that Galaxy reads at its start
- `broker`         the post between Galaxy's two processes
- `rules`          who runs a job
- `track_server`   a provider of tracks that can misbehave
- `ftp_server`     a provider of tracks of the old kind
- `trackfind_server` our own server of metadata, and an address where nobody answers
- `providers`      all of these, and the settings that lead our tools to them
- `pulsar`         a server that runs jobs elsewhere
- `galaxy`         one running server
- `postgresql`     the server that the query engine is compared with
- `collection`     a made-up collection of any size
- `benchmark`      a search by our engine and by PostgreSQL
- `serving`        `fairtracks_serve` with any options, on a port that it chooses
- `schemathesis`   its OpenAPI document held against it
- `serve_benchmark` the same requests to it and to PostgreSQL
- `timing`         how long a whole process takes
- `nginx`          a web server that is as fast as they get
- `node_modules`   modules of node, installed
- `readers`        programs of others that read crates
- `own_crates`     light crates as the import makes them
- `sample_crate`   a small crate, sound or with one fault
- `crates`         what the readers say of crates
- `client`         Galaxy's HTTP interface, as a user's program sees it
- `import_check`   what Galaxy knows of imported tracks
- `search_form`    what the form of the search offers
- `workflows`      workflows with their tests, run by that interface
- `following`      FAIRtracks follow, and exports of histories for it
- `follow_score`   what follow found, held against what is true
- `chains_by_hand` chains from import to result that no workflow can describe
- `chains`         how well results of chains are followed
- `privacy`        whether what is private stays in Galaxy
- `bounds`         whether the walk through Galaxy's memory ends
- `browser_histories` what the user of the browser has in Galaxy
- `browser`        our forms, tables and reports in a real browser
- `run`            one run of a script: its folder, its end
- `outcome`        how the parts of a test run go
- `parts`          what `planemo/test` checks
"""

import sys

if sys.version_info < (3, 10):
    sys.exit("This Python is older than 3.10, which Galaxy needs: install a newer one and start the script with it")
