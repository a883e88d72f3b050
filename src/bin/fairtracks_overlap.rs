//! See [`fairtracks::tools::overlap`].

use std::process::ExitCode;

fn main() -> ExitCode {
    fairtracks::tools::overlap::run()
}
