"""Words that say a side, or what the two have to do with each other, in three languages.

Names of people, offices, companies and places come from the recogniser; here stands what is no
name: 訪日, 台商, the years of Japan's rule, 台日, and words that look like a side and are none.
"""

from __future__ import annotations

import re

from digest.ingest.relevance.patterns import Pattern

# What looks like a side: the host city of games, 台中盤 (the middle of a range), 岡山 and 三重 of
# Taiwan, a given name, overseas Chinese in general, a province of Argentina, Tonkin.
NEITHER = Pattern(
    r"(?:\b(?:the )?(?:19|20)\d\d )?"
    r"Tokyo (?:(?:Summer )?Olympic|Paralympic|Games|(?:19|20)\d\d)\w*",
    r"(?:(?:19|20)\d\d年?)?の?東京(?:夏季)?(?:奧運|帕運|五輪|オリンピック|パラリンピック|奪[金銀])",
    r"(?<=[0-9０-９万千百十ンロ円%％代])[台臺]中(?=盤)",
    r"岡山(?=空軍|[區区]|基地)|[一二頭]重埔|三重(?=[區区市埔])",
    r"\bYen(?=-)|(?<=- )Yen\b|華僑|[台臺]東[区區](?!域)",
    r"東京[灣湾](?=決議|事件)|(?<=in )Formosa(?= and one)",
    r"今日[台臺](?=[北中南灣])",
    starts="12TtYFの東台臺岡一二頭三華今",
)
# A ward of Tokyo and a district of New Taipei, where the text shows which one is meant.
TAITO = Pattern(r"台東")
IN_TOKYO = Pattern(r"台東区|浅草|上野公園")
SANCHONG = Pattern(r"三重(?![縣県])")
IN_TAIPEI = Pattern(r"[台臺新]北")

# Who reported it, and the sources at the end of an article: 『title』。paper、date。
MEDIA = Pattern(
    r"(?:朝日|読売|毎日|産経|日本経済|日経|東京|中日|中国|世界|沖縄|北海道|河北|西日本|スポーツ)(?:新聞|日報|タイムス)社?",
    r"日本放送協会|時事(?:通信|ドットコム)社?|共同通信社?|共同(?=[』、。―—])|日刊スポーツ|スポーツニッポン",
    r"気象庁|日本時間|テレビ朝日|日本テレビ|聯合(?:報|新聞網)|自由時報|中央社|フォーカス台湾|台北タイムス",
    r"\bCNA\b|Taipei ?Times|Taiwan ?News|Japan ?Times",
    starts="朝読毎産日東中世沖北河西ス時共気テ聯自フ台CTJ",
)
MEDIA_NAMES = frozenset(
    {
        "asahi-shimbun",
        "central-news-agency",
        "economic-daily-news",
        "hokkaido-shimbun",
        "japan-times",
        "jiji-press",
        "kumamoto-nichinichi-shimbun",
        "kyodo-news",
        "liberty-times",
        "mainichi-shimbun",
        "nhk",
        "nikkei",
        "nikkei-asia",
        "nishinippon-shimbun",
        "okinawa-times",
        "radio-taiwan-international",
        "ryukyu-shimpo",
        "sankei-shimbun",
        "set-news",
        "taipei-times",
        "taiwan-news",
        "taiwan-public-television",
        "tokyo-shimbun",
        "tvbs",
        "united-daily-news",
        "yaeyama-nippo",
        "yomiuri-shimbun",
    }
)
# A date as such sources have it.
CITED = Pattern(r"、\d{4}年|日\([日月火水木金土]\)")
SOURCES = Pattern(
    r'[『"“][^』"”]{3,140}[』"”]。[^。『]{1,40}、\d{4}年\d+月\d+日[^。]{0,12}。',
    r"。?[^。]{0,20}『[^』]{3,120}』。[^。『]{2,40}、\d{4}年\d+月\d+日。",
    r"\d{4}年\d+月\d+日\([日月火水木金土]\):[^0-9。]{5,60}",
)

# The time of Japan's rule, which is often a date and no more.
ERA = Pattern(
    r"日?本?[領据據治][台臺](?=[前後时時初]|之初)",
    r"(?:日本)?(?:明治|大正|昭和) ?(?:元|[\d〇一二三四五六七八九十]+) ?年",
    r"日[治據据](?:時[期代]|初期|[前後中末]期|年代)?|日本時[期代]|日領時[期代]?",
    r"日本(?:統治|植民地|殖民(?:統治|地)?)(?:時[期代]|期|下(?:の)?)?",
    r"(?:during |under |in |since |from )?(?:the )?Japanese[- ]"
    r"(?:colonial|ruled?|occupation|administration|governance|period|era)"
    r"(?:[- ](?:era|period|rule|times?|government))?",
    r"(?:the )?colonial (?:era|period)",
    starts="日本領據据治明大昭DdUuIiSsFfTtJjCc",
    flags=re.IGNORECASE,
)
ERA_NAMES = frozenset({"japanese-colonial-period"})

# Words that are both sides at once. 今日台北 and 26日台湾 are none.
BOTH = Pattern(
    r"[台臺]日(?![期照本治據据间間夜數常子記曆出後前以])",
    r"(?<![今昔每明昨次當当翌同前後即某生節假平週周工末近本七一二三四五六日隔往\d終])日[台臺](?![灣湾北中南東上風面階])",
    r"日華(?:平和|懇|議|断)|中日和約|皇民化|[征治領][台臺](?![北中南東風])|出兵[台臺]|[台臺][湾灣]出兵",
    r"牡丹社事件|乙未(?:戰爭|之役)|霧社事件|西[来來]庵事件|割[讓譲][台臺]|[台臺][湾灣]の?割譲|[台臺][湾灣]新幹線",
    r"(?:訪日|赴日|[來来]日|駐日)[台臺]|日本[人軍]?(?:對|対|と|與|与|和)[台臺][湾灣]",
    r"[台臺][湾灣]人?(?:對|対|と|與|与|和)日本|[台臺][湾灣]総?[總総]督",
    r"(?:Taiwan|Taipei)[-–—/](?:Japan|Tokyo)|(?:Japan|Tokyo)[-–—/](?:Taiwan|Taipei)",
    r"Taiwan(?:ese)? and Japan(?:ese)?|Japan(?:ese)? and Taiwan(?:ese)?",
    r"Taiwanese in Japan\b|Japanese in Taiwan\b|Taiwan Governor-General|Governor-General of Taiwan",
    r"Wushe Incident|Mudan(?: Village)? Incident|Mona Rud[ao]+",
    r"莫那.?魯道|モー?ナ・ルダ?[オー]+|高砂義勇隊|[湾灣]生(?![產産活])",
    starts="台臺日中皇征治領出牡乙霧西割訪赴来來駐莫モ高湾灣TtJjGgWwMm",
    flags=re.IGNORECASE,
)
# The Diaoyutai under their Chinese name.
DISPUTED = Pattern(r"[釣钓]魚|Diaoyu|Tiaoyu")
JAPANESE = Pattern(
    r"[總総]督府|[訪赴輸銷]日(?![本常])|[來来]日|駐日|旅日|在日|返日|日[圓元]|日軍|日兵|日警|日人|日方|日商|日企|日籍|日系|日資|日式",
    r"日語|日文|日劇|日漫|日裔|和製|明治(?!大)|昭和(?!路)",
    r"大正(?=[元\d時期年民デ〇一二三四五六七八九十 （(])",
    r"東京|京都|大阪|沖[縄繩]|甲子園|帝國大學|帝国大学|神社|新幹線|琉球|日本|ジャパン",
    r"Taihoku|Governor-General",
    r"\b(?:Japan|Japanese|Tokyo|Nippon|Meiji|Taish[oō]|Sh[oō]wa|Osaka|Okinawa|Kyoto)\b",
    r"\b(?:Shinkansen|Ryukyu)\b",
    starts="總総訪赴輸銷来來駐旅在返日和明昭大東京沖甲帝神新琉ジTGJNMSOKR",
)
TAIWANESE = Pattern(
    r"[訪赴輸銷][台臺](?![北中南東])|[來来][台臺]|駐[台臺]|在[台臺]|[台臺][商企籍方胞語式]|旅[台臺]|抵[台臺]|渡[台臺]|全[台臺]",
    r"中華隊|チャイニーズタイペイ|中華台北|中華航空|チャイナエアライン|打狗|本島人|[台臺][灣湾]|[台臺]北",
    r"高砂|[賽赛]德克|セデック|泰雅|タイヤル|布農|ブヌン|排灣|パイワン|鄒族|阿美族|アミ族|卑南族|魯凱|達悟|原住民族?",
    r"\b(?:Taiwan|Taiwanese|Taipei|Kaohsiung)\b|Formosan?\b",
    r"\b(?:Seediq|Atayal|Bunun|Paiwan|Amis|Tsou|Puyuma|Hakka)\b",
    starts="訪赴輸銷来來駐在台臺旅抵渡全中チ打本高賽赛セ泰タ布ブ排パ鄒阿ア卑魯達原TKFSABPH",
)
# China's Republic: Taiwan only where something else in the text is.
REPUBLIC = Pattern(
    r"中華民[國国]|Republic of China|国民党|國民黨|國民政府|蔣中正|蔣介石|孫中山|民國|國軍"
)
REPUBLIC_NAMES = frozenset(
    {
        "chiang-ching-kuo",
        "chiang-kai-shek",
        "executive-yuan",
        "kmt",
        "legislative-yuan",
        "ministry-of-national-defense",
        "national-day-of-the-republic-of-china",
        "republic-of-china",
        "republic-of-china-air-force",
        "republic-of-china-army",
        "republic-of-china-navy",
        "sun-yat-sen",
    }
)
ELSEWHERE = Pattern(
    r"朝鮮|滿洲|満州|樺太|蘇聯|ソ連|韓[國国]|香港|東南亞|東南アジア|南洋|歐洲|ヨーロッパ|欧州|中[國国]|美[國国]|アメリカ|米国",
    r"荷蘭|オランダ|英[國国]|イギリス|德國|法國",
    r"\b(?:Korean?|Europe(?:an)?|USSR|Soviet|Southeast Asian?|Asian? countries)\b",
    r"\b(?:EC|West German[y]?|Washington|American?|U\.S\.|Chin(?:a|ese)|Dutch|Hong Kong)\b",
    starts="朝滿満樺蘇ソ韓香東南歐ヨ欧中美ア米荷オ英イ德法KEUSAWCDH",
)

# The two side by side, or one as the other's measure or model.
COMPARED = Pattern(
    r"\b(?:than|like|as in|compared|similar|follow|unlike|such as)\b",
    r"\b(?:rank\w*|larger|inspired|influence\w*)\b",
    r"比[起較不]|相[較比]|次於|僅次|如同|像|類似(?!的)|跟.{1,6}一樣|受.{0,10}影響|啟發|並列",
    r"に比べ|より(?=も|多|少|高)|ような|と同様|と並|並ぶ|のほか",
    flags=re.IGNORECASE,
)
DEALINGS = Pattern(
    r"visit|talks|met\b|meeting|agree|export|import|tourist|exchange|joint|cooperat|partner|invest",
    r"venture|arriv|came to|went to|sent |brought|introduc|coloni[sz]|occup|ceded|invad|resist",
    r"protest",
    r"fought|captur|studied|invit|touring|tour\b|award|sell|sold|buy|bought|purchas|ship(?:ped|ment)|technolog",
    r"loan|design|built|opened|led\b|train|named|commission|ruled|rule over|influx|record",
    r"serializ|play(?:ed|ing) (?:for|in)|build|adapt|transplant|discover|perform",
    r"訪問|訪[日台]|会談|會談|協定|協議|合意|輸出|輸入|出口|進口|外銷|観光|觀光|交流|合作|協力|提携|投資|合弁|合資|抗議",
    r"抗日|抵抗|支援|寄付|募金|捐|援|留學|留学|渡[日台臺]|[赴來来返][日台臺]|引進|引入|導入|傳入|持ち込|招|派|任職|任教",
    r"赴任|聘|統治|占領|佔領|攻|討伐|鎮圧|鎮壓|割[譲讓]|殖民|同化|移民|建設|設立|設置|公演|巡演|発売|發行|受賞|獲|賞|技術",
    r"輸|破[りっ]|対戦|逮捕|主張|領有|領土|主權|出兵|策[劃画]|安排|設計|訓練|錄|録音|帶來|勘[查察]|調[查査]|發[現表]|命名",
    r"指導|搭建|進軍|改編|上映|加盟|入[團団選]|移籍|出版|連載|伝|教[授學]|開[業設]|[敗勝]|対抗|批判|採集|鑑定|收購|買下|売却",
    r"提供|推動|議員[團団]|訪問[團団]|備忘錄|覚書|姉妹|姊妹|直行便|直飛|航線|漁業|演習|救難|解禁|解除",
    r"delegation|lawmaker|envoy|memorand|sister|flight|exercise|rehears|hotline|fisher|represent",
    r"summit|statement|declar|welcom|thanked|practi[sc]ed|work together",
    r"首脳|首腦|峰會|声明|聲明|表明|重申|歓迎|歡迎|感謝|立場",
)
# Who acts: Japan's governments, officials, soldiers, firms and people by their trade.
ACTORS = Pattern(
    r"日本人|日人|日籍|日軍|日本軍|日方|日警|日商|日本の?(?:政府|官憲|技師|学者|學者|警察|軍|教師|老師|農民|企業|会社)",
    r"日本の?(?:メディア|建築師|巡[警査])|日本[\u4e00-\u9fff]{1,4}"
    r"(?:師|家|者|士|僧|員|商|隊|客|團|団|企業|公司|浪人|工頭)",
    r"[總総]督府|[台臺][湾灣]総?[總総]督|天皇|帝國大學|帝国大学",
    r"Japanese [a-z]+(?:ers?|ists?|ors?|ians?|man|men|firms?|companies|brands?)\b",
    r"Japanese (?:government|military|army|forces|police|engineer|scholar|teacher)",
    r"Japanese (?:authorit|firm|compan|ethno|forest|settler|ronin|artist|painter|people|soldier)",
    r"Japanese (?:botan|nationals|buyers?|coloni)",
    r"Governor-General|Imperial University",
    starts="日總総台臺天帝JjGgIi",
    flags=re.IGNORECASE,
)
HISTORY = Pattern(
    r"總督|総督|Governor-General|皇民|抗日|理蕃|日軍|日本軍|coloni|殖民|植民",
)
WEATHER = Pattern(r"台風|颱風|typhoon|震源|震度|magnitude|マグニチュード|気圧", flags=re.IGNORECASE)

SENTENCE_ENDS = Pattern(r"(?<=[。！？!?\n])", r"(?<=[.])\s+(?=[A-Z\"“])")
