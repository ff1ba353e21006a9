from fontTools import subset
from fontTools.ttLib import TTFont
chars = "☐☑☒✓✔✕✖✗✘★☆✩✪✭✮☎☏✆✉✂✄✎✏✐✑✒☞☛☚☜⚠⚡⚑⚐◆◇◈■□▢▣▪▫▬▭●○◉◎◦▲△▴▵►▷▸▹▼▽▾▿◄◁◂◃⇐⇒⇔⇑⇓⇦⇨←→↑↓↔↕↵℃℉℗℠™⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾₀₁₂₃₄₅₆₇₈₉♥♡♦♢♣♧♠♤❤❥❖❧☙✦✧✶✷✸✹❀❁❂❃❊❋❄☀☁☂☃☼♪♫♬♩♭♯☮☯☸⚙⚖⚛⚓⚔⚒⚕♻∞≈≠≤≥√∑∫∏∂∆∅∈∉∩∪⊂⊃∀∃∠⊥∥①②③④⑤⑥⑦⑧⑨⑩➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏➐➑➒➓⅓⅔⅛⅜⅝⅞½¼¾№ℓ℮"
o = subset.Options(layout_features=[], name_IDs=[0,1,2,3,4,5,6,13,14], hinting=False, notdef_outline=True, recalc_bounds=True, drop_tables=["FFTM","DSIG","GDEF","GPOS","GSUB","kern","MATH"])
f = TTFont("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
print(f["name"].getDebugName(5))
s = subset.Subsetter(o); s.populate(text=chars+" "); s.subset(f)
cm=f.getBestCmap(); print("missing", [c for c in chars if ord(c) not in cm])
for n in f["name"].names:
    new={1:"Itog Symbols",3:"Itog Symbols 1.0",4:"Itog Symbols",6:"ItogSymbols"}.get(n.nameID)
    if new: n.string=new
f.save("ItogSymbols-Regular.ttf")
