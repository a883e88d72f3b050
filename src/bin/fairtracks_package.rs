//! See [`fairtracks::tools::package`].

use std::process::ExitCode;

fn main() -> ExitCode {
    fairtracks::tools::package::run()
}
