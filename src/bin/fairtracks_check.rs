//! See [`fairtracks::tools::check`].

use std::process::ExitCode;

fn main() -> ExitCode {
    fairtracks::tools::check::run()
}
