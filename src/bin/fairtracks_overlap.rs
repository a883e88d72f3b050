//! See [`fairtracks::tools::overlap`].

use std::process::ExitCode;

/// Tracks are read on several threads, into memory that the system's allocator gives back to the system each time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    fairtracks::tools::overlap::run()
}
