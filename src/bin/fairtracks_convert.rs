//! See [`fairtracks::tools::convert`].

use std::process::ExitCode;

fn main() -> ExitCode {
    fairtracks::tools::convert::run()
}
