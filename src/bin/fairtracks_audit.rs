//! See [`fairtracks::tools::audit`].

use std::process::ExitCode;

/// Thousands of crates are read on several threads, in pieces that the system's allocator gives back to the system each time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    fairtracks::tools::audit::run()
}
