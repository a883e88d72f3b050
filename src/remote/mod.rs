//! The outside world: files fetched over http, https and ftp, and the settings that a site makes for it.
