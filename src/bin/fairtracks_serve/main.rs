//! `fairtracks_serve`: publish FAIRtracks documents behind the web interface of TrackFind.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use fairtracks::cli::{self, Clock, Failure};
use fairtracks::service::{Options, Service};
use tokio::runtime::Builder;

mod arguments;
mod body;
mod cache;
mod client;
mod files;
mod hubs;
mod log;
mod negotiation;
mod openapi;
mod page;
mod refusal;
mod server;
mod site;
mod stored;
mod work;

use arguments::Arguments;
use cache::Tally;
use files::Files;
use log::Log;
use openapi::Described;
use page::Hub;
use server::Limits;
use site::Site;
use stored::Manner;
use work::Work;

/// Answers are made and let go on several threads, after which the system's allocator keeps much memory to itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run(work)
}

fn work(arguments: Arguments) -> Result<(), Failure> {
    fairtracks::remote::set_json_limits()?;
    let clock = Clock::new(None)?;
    let files = arguments.files.as_deref().map(Files::new).transpose()?;
    let sources = hubs::read(&arguments)?;
    let offered: Vec<Hub> = sources.iter().map(Hub::new).collect();
    let service = Service::new(
        sources,
        Options {
            faithful: arguments.faithful,
            copy_samples: arguments.copy_samples,
            epico_alias: arguments.genome_assembly_alias,
            most_rows: arguments.rows,
            longest_query: arguments.query_bytes,
        },
    )?;
    let manner = if arguments.faithful {
        Manner::Faithful
    } else {
        Manner::Modern
    };
    let patience = Duration::from_secs(arguments.seconds);
    let (log, writer) = Log::new(arguments.quiet, clock);
    let tally = Arc::<Tally>::default();
    let description = Described {
        hubs: &offered,
        files: files.is_some(),
        copied_samples: arguments.copy_samples,
    };
    let site = Site {
        work: Work::new(service, arguments.cache << 20, patience, manner, &tally),
        page: page::write(&offered, manner, files.is_some(), &tally)?,
        openapi: match manner {
            Manner::Modern => Some(openapi::write(&description, &tally)?),
            // TrackFind has none, and this would describe another server.
            Manner::Faithful => None,
        },
        files,
        manner,
        log,
    };
    let limits = Limits {
        connections: arguments.connections as usize,
        client: Duration::from_secs(arguments.client_seconds),
        ending: patience,
    };
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let ending = server::Ending::new()?;
        let (listener, address) = server::listen(&arguments.listen).await?;
        for hub in &offered {
            cli::say(format!("{}: {} tracks", hub.name(), hub.tracks));
        }
        cli::print(format!("http://{address}/api/v1\n").as_bytes())?;
        server::serve(listener, Arc::new(site), limits, ending).await;
        Ok(())
    });
    // A search that took longer than what is under way may take at the end is left behind.
    runtime.shutdown_background();
    writer.finish();
    served
}
