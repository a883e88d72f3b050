//! See [`fairtracks::tools::import`].

use std::process::ExitCode;

fn main() -> ExitCode {
    fairtracks::tools::import::run()
}
