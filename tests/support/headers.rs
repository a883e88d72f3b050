//! Headers of BAM, CRAM and bigWig files, made byte by byte.

/// The MD5 of chromosome 1 of hg38.
pub const MD5: &str = "6aef897c3d6ff0c78aff06ac189178dd";

/// A SAM header with two sequences, one of them with an MD5.
pub fn sam_header() -> String {
    format!(
        "@HD\tVN:1.6\n@SQ\tSN:chr1\tLN:248956422\tM5:{MD5}\n@SQ\tAS:x\tLN:16569\tSN:chrM\n@PG\tID:x\n"
    )
}

/// A BAM file without compression: its text, and its references.
pub fn bam(text: &str, references: &[(&str, u32)]) -> Vec<u8> {
    let mut bytes = b"BAM\x01".to_vec();
    bytes.extend((text.len() as u32).to_le_bytes());
    bytes.extend(text.as_bytes());
    bytes.extend((references.len() as u32).to_le_bytes());
    for (name, length) in references {
        bytes.extend((name.len() as u32 + 1).to_le_bytes());
        bytes.extend(name.as_bytes());
        bytes.push(0);
        bytes.extend(length.to_le_bytes());
    }
    bytes
}

/// A CRAM file of version 3 whose header block has this method and these bytes.
pub fn cram(method: u8, unpacked: usize, block: &[u8]) -> Vec<u8> {
    let itf8 = |number: usize| {
        let number = number as u32;
        [vec![0xf0 | (number >> 28) as u8], {
            let rest = [number >> 20, number >> 12, number >> 4, number & 0x0f];
            rest.map(|part| part as u8).to_vec()
        }]
        .concat()
    };
    let mut bytes = b"CRAM\x03\x00".to_vec();
    bytes.extend([b'i'; 20]);
    bytes.extend(1_000_u32.to_le_bytes());
    // No reference: -1 takes five bytes.
    bytes.extend([0xff, 0xff, 0xff, 0xff, 0x0f]);
    // Start, span, records; record counter and bases of two and three bytes.
    bytes.extend([0, 0x81, 0x00, 0, 0x80, 0x01, 0xc0, 0x01, 0x02]);
    // Blocks, and one landmark of several bytes.
    bytes.extend([1, 1, 0xc1, 0x02, 0x03]);
    bytes.extend([0; 4]);
    bytes.extend([method, 0, 0]);
    bytes.extend(itf8(block.len()));
    bytes.extend(itf8(unpacked));
    bytes.extend(block);
    bytes
}

/// The content of a header block, with padding.
pub fn cram_block() -> Vec<u8> {
    let text = sam_header();
    let length = (text.len() as u32).to_le_bytes();
    [&length, text.as_bytes(), &[0; 50]].concat()
}

/// A bigWig file whose tree of chromosomes begins at a place and has a root over a leaf for each chromosome.
pub fn big_wig(at: u64, count: u64, chromosomes: &[(&str, u32)]) -> Vec<u8> {
    let mut bytes = vec![0; 64];
    bytes[..4].copy_from_slice(b"\x26\xfc\x8f\x88");
    bytes[4..6].copy_from_slice(&[4, 0]);
    bytes[8..16].copy_from_slice(&at.to_le_bytes());
    bytes.resize((at as usize).max(64), 0);
    bytes.extend(0x78ca_8c91_u32.to_le_bytes());
    bytes.extend([1_u32, 8, 8].map(u32::to_le_bytes).concat());
    bytes.extend(count.to_le_bytes());
    bytes.extend([0; 8]);
    let key = |name: &str| {
        let mut key = name.as_bytes().to_vec();
        key.resize(8, 0);
        key
    };
    bytes.extend([0, 0]);
    bytes.extend((chromosomes.len() as u16).to_le_bytes());
    let leaves = at + 32 + 4 + 16 * chromosomes.len() as u64;
    for (position, (name, _)) in chromosomes.iter().enumerate() {
        bytes.extend(key(name));
        bytes.extend((leaves + 20 * position as u64).to_le_bytes());
    }
    for (position, (name, length)) in chromosomes.iter().enumerate() {
        bytes.extend([1, 0, 1, 0]);
        bytes.extend(key(name));
        bytes.extend((position as u32).to_le_bytes());
        bytes.extend(length.to_le_bytes());
    }
    bytes
}
