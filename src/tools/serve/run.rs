//! `fairtracks_serve`: publish FAIRtracks documents behind the web interface of TrackFind.

use std::net::IpAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use crate::cli::{self, Clock, Failure};
use crate::remote::{Fault, may_open};
use crate::trackfind::server::{HubOptions, Service};
use tokio::runtime::Builder;

use super::arguments::ServeArguments;
use super::files::FileFolder;
use super::log::Log;
use super::openapi::ApiDescription;
use super::page::OfferedHub;
use super::request_handler::{Allowance, RequestHandler};
use super::server::ServerLimits;
use super::site::Site;

/// Files that waiting for connections and signals keeps open, and one connection. The library ends in a panic where it gets too
/// few.
const FILES_OF_RUNTIME: usize = 12;

/// Runs the tool with the arguments of the process.
pub fn run() -> ExitCode {
    cli::run(work)
}

fn work(arguments: ServeArguments) -> Result<(), Failure> {
    crate::remote::set_json_limits()?;
    let clock = Clock::new(None)?;
    let files = arguments.files.as_deref().map(FileFolder::new);
    let files = files.transpose()?;
    let sources = super::hubs::read(&arguments)?;
    let offered: Vec<OfferedHub> = sources.iter().map(OfferedHub::new).collect();
    let service = Service::new(
        sources,
        HubOptions {
            faithful: arguments.faithful,
            copy_samples: arguments.copy_samples,
            epico_alias: arguments.genome_assembly_alias,
            most_rows: arguments.rows,
            longest_query: arguments.query_bytes,
        },
    )?;
    let patience = Duration::from_secs(arguments.seconds);
    let (log, writer) = Log::new(arguments.quiet, clock);
    let allowance = Allowance {
        cache: arguments.cache << 20,
        memory: usize::try_from(arguments.memory << 20).unwrap_or(usize::MAX),
        patience,
    };
    let description = ApiDescription {
        hubs: &offered,
        files: files.is_some(),
        copied_samples: arguments.copy_samples,
        longest_query: arguments.query_bytes,
        most_rows: arguments.rows,
    };
    let site = Site {
        work: RequestHandler::new(service, &allowance, arguments.faithful),
        page: super::page::write(&offered, arguments.faithful, files.is_some())?,
        // TrackFind has none, and this would describe another server.
        openapi: match arguments.faithful {
            true => None,
            false => Some(super::openapi::write(&description)?),
        },
        files,
        faithful: arguments.faithful,
        log,
        proxies: arguments.proxies.iter().map(IpAddr::to_canonical).collect(),
    };
    let limits = ServerLimits {
        connections: arguments.connections as usize,
        client: Duration::from_secs(arguments.client_seconds),
        ending: patience,
    };
    if !may_open(FILES_OF_RUNTIME) {
        return Err(Failure::from(Fault::OpenFiles));
    }
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let signals = super::server::ShutdownSignals::new()?;
        let (listener, address) = super::server::listen(&arguments.listen).await?;
        for hub in &offered {
            cli::say(format!("{}: {} tracks", hub.name(), hub.tracks));
        }
        cli::print(&format!("http://{address}/api/v1\n"))?;
        super::server::serve(listener, Arc::new(site), limits, signals).await;
        Ok(())
    });
    // A search that took longer than what is under way may take at the end is left behind.
    runtime.shutdown_background();
    writer.finish();
    served
}
