//! Small files of many formats, made by hand.

use std::io::{Read as _, Write as _};

use flate2::write::{DeflateEncoder, ZlibEncoder};
use flate2::{Compression, Crc};

/// Lines of BED.
pub fn bed() -> String {
    (1..40)
        .map(|n| format!("chr1\t{n}00\t{n}50\tregion{n}\n"))
        .collect()
}

/// A block of BGZF (SAM specification, section 4.1).
pub fn block(bytes: &[u8]) -> Vec<u8> {
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::default());
    deflated.write_all(bytes).unwrap();
    let deflated = deflated.finish().unwrap();
    let mut crc = Crc::new();
    crc.update(bytes);
    let mut packed = b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0".to_vec();
    packed.extend((deflated.len() as u16 + 25).to_le_bytes());
    packed.extend(deflated);
    packed.extend(crc.sum().to_le_bytes());
    packed.extend((bytes.len() as u32).to_le_bytes());
    packed
}

/// The block that ends BGZF, as the specification has it.
pub const END_OF_BLOCKS: &[u8; 28] =
    b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0\x1b\0\x03\0\0\0\0\0\0\0\0\0";

/// BGZF.
pub fn bgzf(bytes: &[u8]) -> Vec<u8> {
    [&block(bytes)[..], END_OF_BLOCKS].concat()
}

/// A zlib stream.
pub fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// Deflate without a frame.
pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    flate2::read::DeflateEncoder::new(bytes, Compression::default())
        .read_to_end(&mut packed)
        .unwrap();
    packed
}

/// CRAM 3.0 without reads: the definition of the file, the container with its header, and the one that ends it.
pub fn cram() -> Vec<u8> {
    let checked = |bytes: &[u8]| {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        [bytes, &crc.sum().to_le_bytes()].concat()
    };
    // A text of 11 bytes after its length, in a block without compression.
    let block = checked(b"\x00\x00\x00\x0f\x0f\x0b\0\0\0@HD\tVN:1.6\n");
    let length = (block.len() as u32).to_le_bytes();
    let header = checked(&[&length[..], b"\0\0\0\0\0\0\x01\x01\0"].concat());
    let end = b"\x0f\0\0\0\xff\xff\xff\xff\x0f\xe0EOF\0\0\0\0\x01\0\x05\xbd\xd9O\0\x01\0\x06\x06\x01\0\x01\0\x01\0\xee\x63\x01\x4b";
    [
        &b"CRAM\x03\x00made-for-a-test....."[..],
        &header,
        &block,
        end,
    ]
    .concat()
}

/// 2bit with one sequence of eight bases.
pub fn two_bit() -> Vec<u8> {
    let numbers = |numbers: &[u32]| {
        let bytes = numbers.iter().flat_map(|number| number.to_le_bytes());
        bytes.collect::<Vec<u8>>()
    };
    let mut bytes = numbers(&[0x1A41_2743, 0, 1, 0]);
    bytes.extend(b"\x04chr1");
    bytes.extend(numbers(&[25, 8, 0, 0, 0]));
    bytes.extend([0x1b, 0x1b]);
    bytes
}

/// A tar archive with one file.
pub fn tar() -> Vec<u8> {
    let mut header = vec![0; 512];
    header[..5].copy_from_slice(b"a.bed");
    header[100..108].copy_from_slice(b"0000644\0");
    header[124..136].copy_from_slice(b"00000000012\0");
    header[148..156].copy_from_slice(b"        ");
    header[156] = b'0';
    header[257..265].copy_from_slice(b"ustar\x0000");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header.extend(b"chr1\t1\t2\n\n");
    header.resize(3 * 1024, 0);
    header
}

/// A database of SQLite with one page.
pub fn sqlite(pages: u32) -> Vec<u8> {
    let mut bytes = b"SQLite format 3\0\x02\0\x01\x01\0\x40\x20\x20".to_vec();
    bytes.resize(28, 0);
    bytes.extend(pages.to_be_bytes());
    bytes.resize(512, 0);
    bytes
}

/// HDF5 whose superblock says that the file has so many bytes.
pub fn hdf5(size: u64) -> Vec<u8> {
    let mut bytes = b"\x89HDF\r\n\x1a\n\x02\x08\x08\0".to_vec();
    bytes.extend([0; 8]);
    bytes.extend([0xff; 8]);
    bytes.extend(size.to_le_bytes());
    bytes.resize(200, 0);
    bytes
}

/// A zip archive of stored files.
pub fn zip(names: &[&str]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in names {
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored);
        archive.start_file(*name, options).unwrap();
        archive.write_all(bed().as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
