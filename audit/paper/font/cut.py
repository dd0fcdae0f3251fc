"""Cuts font/claimwatch-sans.ttf out of the Debian package's wqy-microhei.ttc (face 0)."""
import sys
from fontTools.subset import Subsetter, Options
from fontTools.ttLib import TTCollection
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

font = TTCollection(sys.argv[1]).fonts[0]
chars = set(range(0x20, 0x7F)) | set(range(0xA0, 0x460)) | set(range(0x2000, 0x2700)) | set(range(0x3000, 0x3130))
chars |= set(range(0x3200, 0x3400)) | set(range(0x3400, 0x4DC0)) | set(range(0x4E00, 0xA000)) | set(range(0xF900, 0xFB00))
chars |= set(range(0xFE30, 0xFE50)) | set(range(0xFF00, 0xFFF0))
o = Options()
o.hinting, o.layout_features, o.notdef_outline, o.glyph_names = False, [], True, False
o.drop_tables += ["GSUB", "GPOS", "GDEF", "gasp", "kern", "vhea", "vmtx"]
o.name_IDs, o.name_languages = [0, 1, 2, 3, 4, 5, 6, 13, 14], [0x409]
s = Subsetter(o); s.populate(unicodes=chars); s.subset(font)
# .notdef is one em wide, so that one em is the width of what has no width of its own
glyf_em = font["head"].unitsPerEm
font["hmtx"].metrics[".notdef"] = (glyf_em, font["hmtx"].metrics[".notdef"][1])
# two character maps: (0, 3) those that are not one em wide, (3, 1) all
all_chars = [t for t in font["cmap"].tables if (t.platformID, t.platEncID) == (3, 1)][0]
narrow = CmapSubtable.newSubtable(4)
narrow.platformID, narrow.platEncID, narrow.language = 0, 3, 0
narrow.cmap = {c: g for c, g in all_chars.cmap.items() if font["hmtx"].metrics[g][0] != glyf_em}
font["cmap"].tables = [narrow, all_chars]
for n in font["name"].names:
    if n.nameID in (1, 3, 4, 6):
        font["name"].setName({1: "claimwatch Sans", 3: "claimwatch Sans, cut from WenQuanYi Micro Hei 0.2.0-beta", 4: "claimwatch Sans", 6: "claimwatch-Sans"}[n.nameID], n.nameID, n.platformID, n.platEncID, n.langID)
font["head"].modified = font["head"].created
font.recalcTimestamp = False
font.save(sys.argv[2])
