"""Runs a real Galaxy with the tools of this checkout in it.

`planemo/demo`, `planemo/test` and `planemo/serve` are thin scripts over these modules:

- `places`         where things are in the checkout
- `steps`          progress lines and tables for people
- `processes`      programs started here, and stopped again
- `ports`          where programs listen
- `environment`    Galaxy, planemo and others, each installed in a virtual environment
- `node_modules`   modules of node, installed
- `run`            one run of a script: its folder, its end
- `toolbox`        our wrappers, and the tool panel that shows them
- `configuration`  the files that Galaxy reads at its start
- `broker`         the post between Galaxy's two processes
- `rules`          who runs a job
- `galaxy`         one running server
- `pulsar`         a server that runs jobs elsewhere
- `track_server`   a provider of tracks
- `serving`        `fairtracks_serve` with any options, on a port that it chooses
- `trackfind_server` our own server of metadata, and an address where nobody answers
- `providers`      the servers of tracks and metadata, and the settings that lead our tools to them
- `client`         bioblend's client of Galaxy, with what each test does
- `following`      tracks imported, FAIRtracks follow, and exports of histories for it
- `follow_score`   what follow found, held against what is true
- `workflows`      workflows with their tests, run by Galaxy's API
- `readers`        programs of others that read crates
- `own_crates`, `own_results` crates as our tools make them
- `sample_crate`   a small crate, sound or with one fault
- `crates`         what the readers say of crates
- `postgresql`     the server that the query engine is compared with
- `collection`     a made-up collection of any size
- `benchmark`      a search by our engine and by PostgreSQL
- `serve_benchmark` the same requests to `fairtracks_serve` and to PostgreSQL
- `timing`         how long a whole process takes
- `nginx`          a web server that is as fast as they get
"""

import sys

if sys.version_info < (3, 10):
    sys.exit("This Python is older than 3.10, which Galaxy needs: install a newer one and start the script with it")
