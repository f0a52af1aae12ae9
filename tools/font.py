"""Cut the interface's font out of WenQuanYi Micro Hei: `python tools/font.py wqy-microhei.ttc`.

The whole face has 5 MB. The window needs Latin letters, the Chinese characters of GB 2312 (levels 1 and 2), the
traditional ones that stand on pieces, and the figures of games. Names in other scripts are drawn with a face of the
player's own system. Run this again only when a character of the interface is missing from the file
(tests/work/desktop/test_fonts.py tells). It needs the package fonttools, which nothing else in the project does.
"""

import argparse
from pathlib import Path

TARGET = Path(__file__).parents[1] / "work" / "desktop" / "assets" / "fonts" / "roundtable.ttf"

RANGES = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1 and Latin Extended-A: the names of most of Europe
    (0x0386, 0x03CE),  # Greek
    (0x0401, 0x045F),  # Cyrillic
    (0x1EA0, 0x1EF9),  # Vietnamese
    (0x2010, 0x2026),  # dashes, quotes, the ellipsis (Chinese text only)
    (0x2190, 0x2199),  # arrows
    (0x2500, 0x257F),  # box drawing
    (0x2654, 0x2667),  # chess figures, card suits
    (0x2680, 0x2685),  # dice
    (0x3000, 0x3015),  # Chinese punctuation
    (0xFF01, 0xFF5E),  # full-width ASCII, as Chinese text uses it
)
SINGLE = "×÷±°·•√−≈≠≤≥∞←↑→↓↔↕⇄⏎■□▲△▼▽◆◇○◎●★☆♀♂♪✓✗€£¥＄￥"
PIECES = "帥將仕士相象俥車傌馬炮砲包兵卒楚河漢界東南西北發龍風萬條餅筒門"


def characters() -> set[int]:
    """All code points that the interface may show with its own face."""
    chosen = {point for first, last in RANGES for point in range(first, last + 1)}
    for high in range(0xB0, 0xF8):  # GB 2312: rows 16 to 55 are level 1, rows 56 to 87 level 2
        for low in range(0xA1, 0xFF):
            chosen |= {ord(letter) for letter in bytes((high, low)).decode("gb2312", "ignore")}
    return chosen | {ord(letter) for letter in SINGLE + PIECES}


def main() -> None:
    """Read the face, keep the chosen characters, write the small file."""
    from fontTools import subset  # type: ignore[import-not-found, import-untyped, unused-ignore]

    options = argparse.ArgumentParser(description="Cut the interface's font.")
    options.add_argument("source", type=Path, help="wqy-microhei.ttc (Debian: fonts-wqy-microhei)")
    options.add_argument("target", type=Path, nargs="?", default=TARGET)
    chosen = options.parse_args()
    rules = subset.Options(
        hinting=False, layout_features=["kern"], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], notdef_outline=True
    )
    rules.drop_tables += ["GSUB", "vhea", "vmtx"]
    rules.font_number = 0
    font = subset.load_font(str(chosen.source), rules)
    cutter = subset.Subsetter(rules)
    cutter.populate(unicodes=characters())
    cutter.subset(font)
    subset.save_font(font, str(chosen.target), rules)
    missing = characters() - set(font.getBestCmap())
    print(f"{chosen.target.name}: {chosen.target.stat().st_size / 1e6:.2f} MB, {len(font.getBestCmap())} characters")
    print("not in the source:", "".join(map(chr, sorted(missing))) or "none")


if __name__ == "__main__":
    main()
