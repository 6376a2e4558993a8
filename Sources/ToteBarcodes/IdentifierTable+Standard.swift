extension IdentifierTable {
    /// The application identifiers of the GS1 General Specifications, as the GS1 Barcode Syntax
    /// Dictionary of 2025 has them. Its form is explained at `init(dictionary:)`.
    public static let standard = IdentifierTable(trusted: keys + measures + amounts + details)

    private static let keys = """
        00 *!? N18,csum,gcppos2 dlpkey # SSCC
        01 *!? N14,csum,gcppos2 ex=255,37 dlpkey=22,10,21|235 # GTIN
        02 *? N14,csum,gcppos2 ex=01,03 req=37 # CONTENT
        03 * N14,csum,gcppos2 ex=01,02,37 # MTO GTIN
        10 ? X..20 req=01,02,03,8006,8026 # BATCH/LOT
        11 *? N6,yymmd0 req=01,02,03,8006,8026 # PROD DATE
        12 *? N6,yymmd0 req=8020 # DUE DATE
        13 *? N6,yymmd0 req=01,02,03,8006,8026 # PACK DATE
        15 *? N6,yymmd0 req=01,02,03,8006,8026 # BEST BEFORE or BEST BY
        16 *? N6,yymmd0 req=01,02,03,8006,8026 # SELL BY
        17 *? N6,yymmd0 req=01,02,03,255,8006,8026 # USE BY or EXPIRY
        20 *? N2 req=01,02,8006,8026 # VARIANT
        21 X..20 req=01,03,8006 ex=235 # SERIAL
        22 X..20 req=01 # CPV
        235 X..28 req=01 # TPX
        240 ? X..30 req=01,02,8006,8026 # ADDITIONAL ID
        241 ? X..30 req=01,02,8006,8026 # CUST. PART No.
        242 ? N..6 req=01,02,8006,8026 # MTO VARIANT
        243 ? X..20 req=01 # PCN
        250 ? X..30 req=01,8006 req=21 # SECONDARY SERIAL
        251 ? X..30 req=01,8006 # REF. TO SOURCE
        253 !? N13,csum,gcppos1 [X..17] dlpkey # GDTI
        254 X..20 req=414 # GLN EXTENSION COMPONENT
        255 !? N13,csum,gcppos1 [N..12] dlpkey ex=01,02,415,8006,8020,8026 # GCN
        30 ? N..8 req=01,02 # VAR. COUNT
        37 ? N..8 req=00 req=02,8026 # COUNT

        """

    /// Trade measures stand beside (01) or (02), logistic ones beside (00) or (01); none twice.
    private static let measures: String = {
        let trade: KeyValuePairs = [
            310: "NET WEIGHT (kg)", 311: "LENGTH (m)", 312: "WIDTH (m)", 313: "HEIGHT (m)",
            314: "AREA (m²)", 315: "NET VOLUME (l)", 316: "NET VOLUME (m³)",
            320: "NET WEIGHT (lb)", 321: "LENGTH (in)", 322: "LENGTH (ft)", 323: "LENGTH (yd)",
            324: "WIDTH (in)", 325: "WIDTH (ft)", 326: "WIDTH (yd)", 327: "HEIGHT (in)",
            328: "HEIGHT (ft)", 329: "HEIGHT (yd)", 350: "AREA (in²)", 351: "AREA (ft²)",
            352: "AREA (yd²)", 356: "NET WEIGHT (t oz)", 357: "NET VOLUME (oz)",
            360: "NET VOLUME (qt)", 361: "NET VOLUME (gal.)", 364: "VOLUME (in³)",
            365: "VOLUME (ft³)", 366: "VOLUME (yd³)",
        ]
        let logistic: KeyValuePairs = [
            330: "GROSS WEIGHT (kg)", 331: "LENGTH (m), log", 332: "WIDTH (m), log",
            333: "HEIGHT (m), log", 334: "AREA (m²), log", 335: "VOLUME (l), log",
            336: "VOLUME (m³), log", 340: "GROSS WEIGHT (lb)", 341: "LENGTH (in), log",
            342: "LENGTH (ft), log", 343: "LENGTH (yd), log", 344: "WIDTH (in), log",
            345: "WIDTH (ft), log", 346: "WIDTH (yd), log", 347: "HEIGHT (in), log",
            348: "HEIGHT (ft), log", 349: "HEIGHT (yd), log", 353: "AREA (in²), log",
            354: "AREA (ft²), log", 355: "AREA (yd²), log", 362: "VOLUME (qt), log",
            363: "VOLUME (gal.), log", 367: "VOLUME (in³), log", 368: "VOLUME (ft³), log",
            369: "VOLUME (yd³), log",
        ]
        let row = { (stem: Int, beside: String, title: String) in
            "\(stem)0-\(stem)5 *? N6 req=\(beside) ex=\(stem)n # \(title)\n"
        }
        return trade.map { row($0.key, "01,02", $0.value) }.joined()
            + logistic.map { row($0.key, "00,01", $0.value) }.joined()
            + row(337, "01", "KG PER m²")
    }()

    private static let amounts = """
        3900-3909 ? N..15 req=255,8020 ex=390n,391n,394n,8111 # AMOUNT
        3910-3919 ? N3,iso4217 N..15 req=8020 ex=391n # AMOUNT
        3920-3929 ? N..15 req=01 req=30,31nn,32nn,35nn,36nn ex=392n,393n # PRICE
        3930-3939 ? N3,iso4217 N..15 req=30,31nn,32nn,35nn,36nn ex=393n # PRICE
        3940-3943 ? N4 req=255 ex=394n,8111 # PRCNT OFF
        3950-3955 ? N6 req=30,31nn,32nn,35nn,36nn ex=392n,393n,395n,8005 # PRICE/UoM
        8001 ? N4,nonzero N5,nonzero N3,nonzero N1,winding N1 req=01 # DIMENSIONS
        8005 ? N6 req=01,02 # PRICE PER UNIT
        8110 ? X..70,couponcode # COUPON
        8111 ? N4 req=255 # POINTS
        8112 ? X..70,couponposoffer # COUPON

        """
}
