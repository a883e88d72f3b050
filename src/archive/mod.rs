//! Packed files: zip archives read through a strict gate and written the same way every time, and gzip unpacked.
