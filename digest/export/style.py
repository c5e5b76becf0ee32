"""What the looks of pages and books share: fonts named by language, and how lines are set.

One and the same Han character looks different in Taiwan and in Japan.
"""

FONTS = """
:lang(zh), :lang(zh-Hant), :lang(zh-TW), :lang(zh-HK) { font-family: "Noto Serif TC",
  "Noto Serif CJK TC", "Source Han Serif TC", "Songti TC", "PMingLiU", "MingLiU", serif; }
:lang(zh-Hans), :lang(zh-CN), :lang(zh-SG) { font-family: "Noto Serif SC",
  "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", serif; }
:lang(ja) { font-family: "Noto Serif JP", "Noto Serif CJK JP", "Source Han Serif JP",
  "Hiragino Mincho ProN", "Yu Mincho", "MS PMincho", serif; }
:lang(zh), :lang(ja) { line-height: 1.85; line-break: strict; }
p:lang(zh), p:lang(ja), blockquote:lang(zh), blockquote:lang(ja) { text-align: justify; }
:root h1, :root h2, :root h3, :root h4, :root h5, :root h6 { line-height: 1.35; text-align: start; }
:root time { line-height: inherit; white-space: nowrap; }
"""
