#!/usr/bin/env python3
"""Writes open chromatin of blood and other cells with lead variants of a disease: all synthetic, with a known answer.

Regions of B cells and of T-helper 17 cells are enriched near the lead variants, those of all other cells are not. One track of mixed
blood cells covers about three times as much as any other. Tracks of one centre share artefacts, tracks of one donor share regions.
Three lead variants lie in the MHC, where the regions of monocytes and neutrophils are dense: a mask decides whether these cells rank high.

    make_open_chromatin.py            write open_chromatin/: variants, candidate positions, mask, and a small collection of eight tracks
    make_open_chromatin.py --check    compare open_chromatin/ with the tables, exit 1 on a difference
    make_open_chromatin.py DIRECTORY  write the same there, with the whole collection and all candidates
"""

import argparse
import gzip
import hashlib
import json
import math
import pathlib
import random
import sys

from make_blood_document import ASSEMBLIES, DATE, EDAM, OBO, ONTOLOGY_VERSIONS, signature

HERE = pathlib.Path(__file__).parent
FOLDER = HERE / "open_chromatin"
SITE = "https://tracks.example.org/open_chromatin"
SEED = 64

# Lengths of the chromosomes of hg38.
LENGTHS = dict(zip([f"chr{number}" for number in (*range(1, 23), "X")], (
    248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973, 145138636, 138394717, 133797422, 135086622, 133275309,
    114364328, 107043718, 101991189, 90338345, 83257441, 80373285, 58617616, 64444167, 46709983, 50818468, 156040895)))
ORDER = {chromosome: place for place, chromosome in enumerate(LENGTHS)}
# The short arms of these chromosomes have no sequence, or none that reads map to.
ACROCENTRIC = {"chr13", "chr14", "chr15", "chr21", "chr22"}
MHC = ("chr6", 25_000_000, 35_000_000)

# Cells: label, term, organ, lineage, donors per centre. A donor gives blood for all blood cells, tissues have donors of their own.
BLOOD, LIVER, LUNG, SKIN, BRAIN = (
    ("UBERON_0000178", "blood"), ("UBERON_0002107", "liver"), ("UBERON_0002048", "lung"), ("UBERON_0002097", "skin of body"), ("UBERON_0000955", "brain"))
CELLS = {
    "b_cell": ("B cell", "CL_0000236", BLOOD, "lymphoid", 2),
    "th17": ("T-helper 17 cell", "CL_0000899", BLOOD, "T", 2),
    "th1": ("T-helper 1 cell", "CL_0000545", BLOOD, "T", 2),
    "treg": ("regulatory T cell", "CL_0000815", BLOOD, "T", 1),
    "cd4_t": ("CD4-positive, alpha-beta T cell", "CL_0000624", BLOOD, "T", 2),
    "cd8_t": ("CD8-positive, alpha-beta T cell", "CL_0000625", BLOOD, "T", 2),
    "nk": ("natural killer cell", "CL_0000623", BLOOD, "lymphoid", 1),
    "monocyte": ("CD14-positive monocyte", "CL_0001054", BLOOD, "myeloid", 2),
    "neutrophil": ("neutrophil", "CL_0000775", BLOOD, "myeloid", 1),
    "hepatocyte": ("hepatocyte", "CL_0000182", LIVER, "tissue", 1),
    "lung_fibroblast": ("fibroblast of lung", "CL_0002553", LUNG, "tissue", 1),
    "keratinocyte": ("keratinocyte", "CL_0000312", SKIN, "tissue", 1),
    "astrocyte": ("astrocyte", "CL_0000127", BRAIN, "tissue", 1),
}
MIXED = ("peripheral blood mononuclear cell", "CL_2000001", BLOOD)
# Centres: the share of regions that a track of the centre finds, and how wide it finds them.
CENTRES = {"north": ("North", 1.0, 1.0), "south": ("South", 0.8, 1.15)}
# Chance that a track has a region of a kind.
COMMON, OF_BLOOD, OF_LINEAGE, OF_CELL, OF_BATCH = 0.8, 0.7, 0.7, 0.7, 0.8
PLANTED, PLANTED_IN_MIXED, OF_ANY_IN_MIXED = 0.92, 0.25, 0.62
ENRICHED = {"b_cell": range(0, 12), "th17": range(8, 20)}
LEADS, LEADS_IN_MHC, CANDIDATES = 57, 3, 12_000

# Tracks of the small collection, and its shares of regions and candidates.
SMALL = ("b_cell_north_1", "b_cell_south_1", "th17_north_1", "th17_south_1", "monocyte_north_1", "cd8_t_north_1", "hepatocyte_south_1", "mixed_north_1")
SHARE = 0.05
SHARE_OF_CANDIDATES = 1 / 6


class Genome:
    """Places on the genome, some of them in neighbourhoods where regions and variants crowd together, as genes do."""

    def __init__(self, dice: random.Random):
        self.dice = dice
        self.crowded = [self.anywhere() for _ in range(1500)]

    def anywhere(self) -> tuple[str, int]:
        chromosome = self.dice.choices(list(LENGTHS), list(LENGTHS.values()))[0]
        first = 20_000_000 if chromosome in ACROCENTRIC else 500_000
        return chromosome, first + int(self.dice.random() * (LENGTHS[chromosome] - 500_000 - first))

    def place(self, crowding: float) -> tuple[str, int]:
        """A place in a neighbourhood with this chance, else anywhere."""
        if self.dice.random() >= crowding:
            return self.anywhere()
        chromosome, centre = self.crowded[int(self.dice.random() * len(self.crowded))]
        return chromosome, centre + int((self.dice.random() - 0.5) * 300_000)


def in_mhc(place: tuple[str, int]) -> bool:
    return place[0] == MHC[0] and MHC[1] <= place[1] < MHC[2]


def width(dice: random.Random) -> int:
    """150 to 2,000 base pairs, 400 in the mean."""
    return min(2000, 150 + int(-250 * math.log(1 - dice.random())))


class Variants:
    """Candidate positions, 0-based, and the lead variants among them: far from each other, so that each stands for one locus."""

    def __init__(self, genome: Genome):
        dice = genome.dice
        candidates = {genome.place(0.2) for _ in range(CANDIDATES)} | {(MHC[0], 29_000_000 + int(dice.random() * 4_000_000)) for _ in range(60)}
        self.candidates = sorted(candidates, key=lambda place: (ORDER[place[0]], place[1]))
        self.leads = []
        for wanted, inside in ((LEADS, False), (LEADS_IN_MHC, True)):
            pool = [place for place in self.candidates if in_mhc(place) == inside]
            dice.shuffle(pool)
            chosen = []
            for place in pool:
                if len(chosen) < wanted and all(place[0] != other[0] or abs(place[1] - other[1]) > 700_000 for other in chosen):
                    chosen.append(place)
            self.leads += chosen
        self.in_order = sorted(self.leads, key=lambda place: (ORDER[place[0]], place[1]))

    def bed(self) -> bytes:
        lines = [f"{chromosome}\t{at}\t{at + 1}\tsynthetic_{number:03}\n" for number, (chromosome, at) in enumerate(self.in_order, 1)]
        return "".join(lines).encode()

    def vcf(self) -> bytes:
        """The same variants; the alleles are made up and do not follow the sequence of the genome."""
        head = ["##fileformat=VCFv4.2", "##source=make_open_chromatin.py (synthetic lead variants, synthetic alleles)", "##reference=hg38"]
        head += [f"##contig=<ID={chromosome},length={length},assembly=hg38>" for chromosome, length in LENGTHS.items()]
        head += ['##INFO=<ID=SYNTHETIC,Number=0,Type=Flag,Description="Made by a script, not found in any study">', "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"]
        lines = []
        for number, (chromosome, at) in enumerate(self.in_order, 1):
            alleles = f"{'ACGT'[number % 4]}\t{'CGTA'[number % 4]}"
            lines.append(f"{chromosome}\t{at + 1}\tsynthetic_{number:03}\t{alleles}\t.\tPASS\tSYNTHETIC")
        return "".join(f"{line}\n" for line in head + lines).encode()

    def universe(self, share: float) -> bytes:
        """The candidates, or every n-th of them and all lead variants."""
        step = round(1 / share)
        leads = set(self.leads)
        chosen = [place for number, place in enumerate(self.candidates) if number % step == 0 or place in leads]
        return "".join(f"{chromosome}\t{at}\t{at + 1}\n" for chromosome, at in chosen).encode()


def catalogue(genome: Genome, variants: Variants) -> dict[str, list]:
    """Regions by their kind: common, of blood, of a lineage, of a cell, of a centre, of a donor, planted."""
    dice = genome.dice

    def regions(count: int) -> list:
        return [(*genome.place(0.4), width(dice)) for _ in range(count)]

    kinds = {"common": regions(3000), "blood": regions(2600), "not blood": regions(2600)}
    kinds |= {f"lineage {lineage}": regions(2200) for lineage in ("T", "lymphoid", "myeloid", "tissue")}
    kinds |= {f"cell {cell}": regions(1900) for cell in CELLS}
    kinds |= {f"centre {centre}": regions(700) for centre in CENTRES}
    kinds |= {f"donor {centre} {number}": regions(300) for centre in CENTRES for number in (1, 2)}
    for cell, leads in ENRICHED.items():
        kinds[f"planted {cell}"] = []
        for lead in leads:
            chromosome, at = variants.leads[lead]
            size = width(dice)
            # Every second region covers its variant, the others lie beside it.
            offset = -size // 2 if lead % 2 else (1 if dice.random() < 0.5 else -1) * (2000 + int(dice.random() * 5000))
            kinds[f"planted {cell}"].append((chromosome, at + offset, size))
    near = [variants.leads[LEADS + number % LEADS_IN_MHC] for number in range(24)]
    kinds["mhc"] = [(chromosome, at - 8000 + int(dice.random() * 16_000), width(dice)) for chromosome, at in near]
    return kinds


def kinds_of(cell: str, centre: str, donor: int) -> dict[str, float]:
    lineage, is_blood = CELLS[cell][3], CELLS[cell][2] is BLOOD
    chances = {"common": COMMON, "blood" if is_blood else "not blood": OF_BLOOD, f"lineage {lineage}": OF_LINEAGE, f"cell {cell}": OF_CELL}
    chances |= {f"centre {centre}": OF_BATCH} | ({f"donor {centre} {donor}": OF_BATCH} if is_blood else {})
    chances |= {f"planted {cell}": PLANTED} if cell in ENRICHED else {}
    return chances | ({"mhc": OF_LINEAGE} if lineage == "myeloid" else {})


def mixed_kinds(centre: str) -> dict[str, float]:
    cells = [cell for cell in CELLS if CELLS[cell][2] is BLOOD]
    chances = {"common": 0.95, "blood": 0.9, f"centre {centre}": OF_BATCH, "mhc": 0.4}
    chances |= {f"lineage {lineage}": OF_ANY_IN_MIXED for lineage in ("T", "lymphoid", "myeloid")}
    chances |= {f"cell {cell}": OF_ANY_IN_MIXED for cell in cells}
    return chances | {f"planted {cell}": PLANTED_IN_MIXED for cell in ENRICHED}


def peaks(name: str, centre: str, chances: dict[str, float], kinds: dict[str, list], genome: Genome, share: float, wideness: float, noise: int) -> bytes:
    """A narrowPeak file, sorted, without overlaps; its draws depend on its name alone."""
    dice = genome.dice = random.Random(f"{SEED} {name}")
    _, depth, stretch = CENTRES[centre]
    found = []
    for kind, chance in chances.items():
        is_kept = kind == "mhc" or kind.startswith("planted")
        part = kinds[kind] if is_kept else kinds[kind][: int(share * len(kinds[kind]))]
        found += [region for region in part if dice.random() < chance * (1 if is_kept else depth)]
    found += [(*genome.place(0.4), width(dice)) for _ in range(int(share * noise))]
    found.sort(key=lambda region: (ORDER[region[0]], region[1]))
    lines, end = [], ("", 0)
    for number, (chromosome, at, size) in enumerate(found, 1):
        start = at + int((dice.random() - 0.5) * 40)
        start = max(start, end[1]) if chromosome == end[0] else start
        stop = max(start + 50, at + int(size * stretch * wideness * (0.9 + 0.2 * dice.random())))
        end = (chromosome, stop)
        strength = 2 + 18 * dice.random() ** 2
        values = f"{min(1000, int(strength * 50))}\t.\t{strength:.2f}\t{strength * 1.7:.2f}\t{strength * 1.4:.2f}\t{(stop - start) // 2}"
        lines.append(f"{chromosome}\t{start}\t{stop}\tpeak_{number}\t{values}\n")
    return gzip.compress("".join(lines).encode(), mtime=0)


def term(name: str, label: str) -> dict:
    return {"term_id": (EDAM if name.startswith("format") else OBO) + name, "term_label": label}


class Collection:
    """Samples, experiments and tracks of one document."""

    def __init__(self, name: str):
        self.name, self.samples, self.experiments, self.tracks, self.files = name, {}, {}, [], {}

    def add(self, name: str, cell: tuple, donor: tuple[str, str], content: bytes, assay: str = "DNase-seq", assembly: str = "hg38") -> None:
        label, cell_term, organ = cell[:3]
        centre, number = donor
        sample, experiment = f"synthetic:sample_{name}", f"synthetic:experiment_{name}"
        self.samples[sample] = {
            "local_id": sample,
            "species_id": "taxonomy:9606",
            "species_name": "Homo sapiens",
            "biospecimen_class": term("NCIT_C12508", "Cell"),
            "sample_type": {"cell_type": term(cell_term, label), "organism_part": term(*organ), "summary": label},
            "phenotype": term("NCIT_C14165", "Normal"),
            "donor": {"code": f"{CENTRES[centre][0]} {number}", "centre": CENTRES[centre][0]},
            "synthetic": "true",
        }
        histone = assay == "H3K27ac"
        # What most tracks are is not in their labels.
        others = "".join(f", {name}" for name in (assay, assembly) if name not in ("DNase-seq", "hg38"))
        technique = ("OBI_0002017", "histone modification identification by ChIP-Seq assay") if histone else ("OBI_0001853", "DNase I hypersensitive sites sequencing assay")
        feature = ("SO_0002049", "H3K27_acetylation_site") if histone else ("SO_0000685", "DNaseI_hypersensitive_site")
        self.experiments[experiment] = {
            "local_id": experiment,
            "study_ref": f"synthetic:study_{centre}",
            "sample_ref": sample,
            "technique": term(*technique),
            "target": {"sequence_feature": term(*feature), "summary": feature[1]},
            "lab_protocol_description": "No laboratory: the regions are synthetic",
            "compute_protocol_description": "Made by make_open_chromatin.py",
        }
        self.tracks.append({
            "local_id": f"synthetic:{name}",
            "assembly_id": ASSEMBLIES[assembly],
            "assembly_name": assembly,
            "experiment_ref": experiment,
            "file_url": f"{SITE}/{name}.narrowPeak.gz",
            "file_name": f"{name}.narrowPeak.gz",
            "label_short": f"Synthetic {len(self.tracks) + 1:03}",
            "label_long": f"{label}, donor {CENTRES[centre][0]} {number}{others} (synthetic)",
            "file_format": term("format_3613", "ENCODE narrow peak format"),
            "type_of_condensed_data": "Narrow peaks",
            "geometric_track_type": "Valued segments",
            "checksum": {"cs_method": "SHA-256", "cs_hash": hashlib.sha256(content).hexdigest()},
        })
        self.files[f"{name}.narrowPeak.gz"] = content

    def document(self) -> bytes:
        contact = {"name": "Josiah Carberry", "orcid": "orcid:0000-0002-1825-0097"}
        content = {
            "@schema": "https://raw.githubusercontent.com/fairtracks/fairtracks_standard/v1/current/json/schema/fairtracks.schema.json",
            "doc_info": {"local_id": f"synthetic:{self.name}", "doc_url": f"{SITE}/{self.name}.fairtracks.json", "doc_ontology_versions": ONTOLOGY_VERSIONS},
            "collection_info": {
                "source_repo_url": SITE,
                "local_id": f"synthetic:{self.name}-collection",
                "doc_ref": f"synthetic:{self.name}",
                "short_name": "Synthetic blood",
                "long_name": "Synthetic open chromatin of blood and other cells, with a known answer",
                "contact": contact,
            },
            "studies": [
                {"local_id": f"synthetic:study_{centre}", "study_name": f"Open chromatin of blood, centre {label} (synthetic)", "contact": contact}
                for centre, (label, _, _) in CENTRES.items()
            ],
            "experiments": list(self.experiments.values()),
            "samples": list(self.samples.values()),
            "tracks": self.tracks,
        }
        content["doc_info"] |= {"doc_version": signature(content), "doc_date": DATE}
        return (json.dumps(content, indent=1) + "\n").encode()


def collect(name: str, genome: Genome, variants: Variants, share: float, chosen: tuple = ()) -> Collection:
    kinds = catalogue(genome, variants)
    collection = Collection(name)
    for cell, row in CELLS.items():
        for centre in CENTRES:
            for number in range(1, row[4] + 1 + (centre == "north" and cell in ("treg", "nk", "neutrophil"))):
                track = f"{cell}_{centre}_{number}"
                if not chosen or track in chosen:
                    content = peaks(track, centre, kinds_of(cell, centre, number), kinds, genome, share, 1.0, 800)
                    collection.add(track, row, (centre, str(number)), content)
    content = peaks("mixed_north_1", "north", mixed_kinds("north"), kinds, genome, share, 1.25, 2400)
    collection.add("mixed_north_1", MIXED, ("north", "pool"), content)
    if not chosen:
        # What a search for DNase-seq of blood on hg38 leaves out.
        for track, assay, assembly in (("b_cell_earlier_genome", "DNase-seq", "hg19"), ("b_cell_acetylation", "H3K27ac", "hg38")):
            content = peaks(track, "north", kinds_of("b_cell", "north", 1), kinds, genome, 0.1, 1.0, 800)
            collection.add(track, CELLS["b_cell"], ("north", "1"), content, assay, assembly)
    return collection


def made(whole: bool) -> dict[str, bytes]:
    """All files by their names."""
    genome = Genome(random.Random(SEED))
    variants = Variants(genome)
    name, share, chosen = ("open_chromatin", 1.0, ()) if whole else ("open_chromatin_small", SHARE, SMALL)
    collection = collect(name, genome, variants, share, chosen)
    files = {"lead_variants.bed": variants.bed(), "lead_variants.vcf": variants.vcf(), "mhc.hg38.bed": "\t".join(map(str, (*MHC, "MHC"))).encode() + b"\n"}
    files["candidate_positions.bed"] = variants.universe(1.0 if whole else SHARE_OF_CANDIDATES)
    return files | collection.files | {f"{name}.fairtracks.json": collection.document()}


def content_of(path: pathlib.Path) -> bytes:
    """The bytes of a file, decompressed: other versions of zlib compress differently."""
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def check() -> None:
    for name, content in made(whole=False).items():
        path = FOLDER / name
        if name.endswith(".json"):
            tracks = json.loads(path.read_bytes())["tracks"]
            is_as_made = [track["local_id"] for track in tracks] == [track["local_id"] for track in json.loads(content)["tracks"]]
            is_as_made &= all(track["checksum"]["cs_hash"] == hashlib.sha256((FOLDER / track["file_name"]).read_bytes()).hexdigest() for track in tracks)
        else:
            is_as_made = content_of(path) == (gzip.decompress(content) if name.endswith(".gz") else content)
        if not is_as_made:
            sys.exit(f"{name} is not what the tables say: run make_open_chromatin.py")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path, nargs="?", metavar="DIRECTORY")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    if arguments.check:
        check()
        return
    folder = arguments.directory or FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made(whole=arguments.directory is not None).items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
