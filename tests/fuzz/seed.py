#!/usr/bin/env python3
"""Makes the first inputs of the fuzz targets from the corpus of the tests."""

import pathlib
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
DOCUMENTS = HERE.parent / "corpus" / "documents"
TARGETS = {
    "pdf": ["pdf"], "mail": ["eml"], "html": ["html"], "rtf": ["rtf"], "text": ["txt", "md", "csv"],
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
