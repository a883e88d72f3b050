//! See [`fairtracks::tools::search`].

use std::process::ExitCode;

fn main() -> ExitCode {
    fairtracks::tools::search::run()
}
