//! The top digests of public sequence collections, a look-up: refgenie/refget, `frontend/src/data/jungle.json` of 2026-05-15.

/// A public sequence collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownCollection {
    /// The top digest, without a prefix.
    pub digest: &'static str,
    /// The assembly by UCSC's name, or `b37`.
    pub genome: &'static str,
    /// What its users call it.
    pub name: &'static str,
    /// The number of its sequences.
    pub sequences: u32,
}

/// Several names of one collection are one entry.
const COLLECTIONS: [KnownCollection; 23] = [
    of(
        "EiFob05aCWgVU_B_Ae0cypnQut3cxUP1",
        "hg38",
        "NCBI analysis set without alternate loci",
        195,
    ),
    of(
        "jFm0Uca8a7vK2cbuIQgBopjBilgCFheD",
        "hg38",
        "UCSC analysis set",
        195,
    ),
    of(
        "NTeQ1GQMt2ocCFkS8Z3_qkvetZjabWSt",
        "hg38",
        "UCSC hg38.fa",
        455,
    ),
    of("a_WL8OC7sFJfjux5m11M2bKl0dYepA1x", "hg38", "UCSC p14", 711),
    of(
        "xEg2q8K9gV4027DMTCiaUGLCcrqySglR",
        "hg38",
        "UCSC p14, masked",
        455,
    ),
    of(
        "Ba88PY52_qeifhJrgUXyin6UITdXNsg3",
        "hg38",
        "refgenie primary",
        25,
    ),
    of(
        "oLfPx0NOBKKXMIngGeQ4YewtU4Ge_wKz",
        "hg38",
        "Ensembl 113 primary",
        194,
    ),
    of(
        "tmnbiAyj2fke68d_TYjq2g487US8C15r",
        "hg38",
        "GENCODE 46 and 47 primary",
        194,
    ),
    of(
        "gHcfbUVnFzHv3QSqz2sSqVHdUQbDO8N5",
        "hg38",
        "Homo_sapiens_assembly38",
        3366,
    ),
    of(
        "ThZcNYiLuWWL86NdJ8dvvJG15K9mW3Fo",
        "hg19",
        "UCSC hg19.fa",
        93,
    ),
    of(
        "6pxZqxG0TYtyVb8yp14ONpaxZ8msQqKr",
        "hg19",
        "UCSC p13.plusMT",
        298,
    ),
    of(
        "svwHqvgassl0loigdqVIQJdjo7NWDIx3",
        "hg19",
        "UCSC p13.plusMT analysis set",
        85,
    ),
    of("eN7J_gZz_meakMCeXXBEvY_njignMPxl", "b37", "b37", 85),
    of("5SdkZCnuZL2YIptqjSBZfupo_O7HpD_B", "b37", "hs37", 84),
    of("Q3xii3AkJDCTXSO6Vg13kjbOutQu0KP9", "b37", "hs37d5", 86),
    of(
        "99TjKCwZJJLjpBqkLpTgC2E_Y3OgKtMz",
        "mm10",
        "UCSC mm10.fa",
        66,
    ),
    of("M7ZWnvUTT06JREJnMb_7UGwgGaG0-13s", "mm10", "UCSC p6", 239),
    of(
        "dMjpOU7EvpeZVb0gpPoZ7prNaxOu88Ta",
        "mm10",
        "refgenie UCSC",
        22,
    ),
    of(
        "TQORtixTJqM3Su9dmtACKc7hNHAceE4I",
        "mm10",
        "iGenomes Ensembl GRCm38",
        22,
    ),
    of(
        "KPagVaXI4XwQ1D0L0EW4eEuVl-otaAtX",
        "mm39",
        "UCSC mm39.fa",
        61,
    ),
    of(
        "WsOG-InFnIta0rqSy1KUBjrFrukbnE5j",
        "mm39",
        "GENCODE M36",
        61,
    ),
    of("vygX07e7feibvucSnWj6hRScGMfc7B6P", "mm9", "UCSC mm9.fa", 35),
    of(
        "H9er8ocYfIN2TOfyf6zMyeXXm7trXGP7",
        "hg18",
        "UCSC hg18.fa",
        49,
    ),
];

const fn of(
    digest: &'static str,
    genome: &'static str,
    name: &'static str,
    sequences: u32,
) -> KnownCollection {
    KnownCollection {
        digest,
        genome,
        name,
        sequences,
    }
}

impl KnownCollection {
    /// The collection with a top digest, with or without the prefix [`super::digest::COLLECTION`].
    #[must_use]
    pub fn by_digest(digest: &str) -> Option<&'static KnownCollection> {
        let digest = digest
            .strip_prefix(super::digest::COLLECTION)
            .unwrap_or(digest);
        COLLECTIONS.iter().find(|known| known.digest == digest)
    }
}
