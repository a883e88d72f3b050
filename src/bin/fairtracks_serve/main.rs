//! `fairtracks_serve`: publish FAIRtracks documents behind the web interface of TrackFind.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

use std::net::IpAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use fairtracks::cli::{self, Clock, Failure};
use fairtracks::remote::{Fault, may_open};
use fairtracks::service::{Options, Service};
use tokio::runtime::Builder;

mod arguments;
mod body;
mod cache;
mod client;
mod client_address;
mod connections;
mod fairness;
mod files;
mod host;
mod hubs;
mod log;
mod negotiation;
mod openapi;
mod page;
mod preconditions;
mod refusal;
mod resources;
mod server;
mod site;
mod stored;
mod work;

use arguments::Arguments;
use files::Files;
use log::Log;
use openapi::Described;
use page::Hub;
use server::Limits;
use site::Site;
use stored::Manner;
use work::{Allowance, Work};

/// Answers are made and let go on several threads, after which the system's allocator keeps much memory to itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Files that waiting for connections and signals keeps open, and one connection. The library ends in a panic where it gets too
/// few.
const FILES_OF_RUNTIME: usize = 12;

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
    let allowance = Allowance {
        cache: arguments.cache << 20,
        memory: usize::try_from(arguments.memory << 20).unwrap_or(usize::MAX),
        patience,
    };
    let description = Described {
        hubs: &offered,
        files: files.is_some(),
        copied_samples: arguments.copy_samples,
        longest_query: arguments.query_bytes,
        most_rows: arguments.rows,
    };
    let site = Site {
        work: Work::new(service, &allowance, manner),
        page: page::write(&offered, manner, files.is_some())?,
        openapi: match manner {
            Manner::Modern => Some(openapi::write(&description)?),
            // TrackFind has none, and this would describe another server.
            Manner::Faithful => None,
        },
        files,
        manner,
        log,
        proxies: arguments.proxies.iter().map(IpAddr::to_canonical).collect(),
    };
    let limits = Limits {
        connections: arguments.connections as usize,
        client: Duration::from_secs(arguments.client_seconds),
        ending: patience,
    };
    if !may_open(FILES_OF_RUNTIME) {
        return Err(Failure::from(Fault::OpenFiles));
    }
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let ending = server::Ending::new()?;
        let (listener, address) = server::listen(&arguments.listen).await?;
        for hub in &offered {
            cli::say(format!("{}: {} tracks", hub.name(), hub.tracks));
        }
        cli::print(&format!("http://{address}/api/v1\n"))?;
        server::serve(listener, Arc::new(site), limits, ending).await;
        Ok(())
    });
    // A search that took longer than what is under way may take at the end is left behind.
    runtime.shutdown_background();
    writer.finish();
    served
}
