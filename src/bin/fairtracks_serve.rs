//! See [`fairtracks::tools::serve`].

use std::process::ExitCode;

/// Answers are made and let go on several threads, after which the system's allocator keeps much memory to itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    fairtracks::tools::serve::run()
}
