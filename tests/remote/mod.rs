//! Downloads.

mod addresses;
mod ask;
mod faults;
mod ftp;
mod ftp_replies;
mod ranges;
mod resuming;
mod site;
