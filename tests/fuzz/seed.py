#!/usr/bin/env python3
"""Makes the first inputs of the fuzz targets from the corpus of the tests."""

import json
import pathlib
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = HERE.parent / "corpus"
DOCUMENTS = CORPUS / "documents"
TARGETS = {
    "pdf": ["pdf"], "mail": ["eml"], "html": ["html"], "rtf": ["rtf"], "text": ["txt", "md", "csv", "ics"],
    "docx": ["docx"], "pptx": ["pptx"], "xlsx": ["xlsx"], "odt": ["odt"],
}
PARTS = {
    "docx": ["word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml", "word/numbering.xml",
             "word/comments.xml", "[Content_Types].xml"],
    "pptx": ["ppt/presentation.xml", "ppt/_rels/presentation.xml.rels", "ppt/slides/slide1.xml",
             "ppt/slides/_rels/slide1.xml.rels", "ppt/notesSlides/notesSlide1.xml", "[Content_Types].xml"],
    "xlsx": ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
             "xl/styles.xml", "[Content_Types].xml"],
    "odt": ["content.xml", "styles.xml", "meta.xml"],
}

for target, extensions in TARGETS.items():
    folder = HERE / "corpus" / f"documents_{target}"
    folder.mkdir(parents=True, exist_ok=True)
    for path in DOCUMENTS.iterdir():
        if path.suffix[1:] not in extensions:
            continue
        (folder / path.name).write_bytes(path.read_bytes())
        if target in PARTS and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                names = set(archive.namelist())
                parts = [archive.read(name) if name in names else b"" for name in PARTS[target]]
            (folder / f"{path.name}.parts").write_bytes(b"\xff".join(parts))


def seed(target, inputs):
    """Writes inputs by their names."""
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in inputs:
        (folder / name).write_bytes(content)


MEDIA = [path for path in (CORPUS / "media").iterdir() if path.suffix != ".md"]
PICTURES = (".jpg", ".png")
TEXTS = sorted((CORPUS / "extraction").glob("*.txt"))[::20]
ANSWER = {"items": [{"title": "Send the report", "quote": "by Friday", "task_type": "task", "when_words": "Friday"}]}

seed("recordings", [(path.name, path.read_bytes()) for path in MEDIA if path.suffix not in PICTURES])
seed("pictures", [(path.name, path.read_bytes()) for path in MEDIA if path.suffix in PICTURES])
seed("page_pictures", [(path.name, path.read_bytes()) for path in DOCUMENTS.glob("*.pdf")])
seed("engine", [(path.name, path.read_bytes()) for path in TEXTS])
seed("answers", [(path.name, path.read_bytes() + b"\xff" + json.dumps(ANSWER).encode()) for path in TEXTS])
