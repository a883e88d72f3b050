//! See [`fairtracks::tools::catalog`].

use std::process::ExitCode;

fn main() -> ExitCode {
    fairtracks::tools::catalog::run()
}
