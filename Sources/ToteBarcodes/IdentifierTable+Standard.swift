extension IdentifierTable {
    /// What a shop's codes carry: keys, lots, dates, weights, prices, cards, coupons. Rules of
    /// the GS1 Barcode Syntax Dictionary, in its form, so that the whole of it can take this
    /// place without a change of code.
    package static let standard = IdentifierTable(
        dictionary: """
            00 *? N18,csum dlpkey # SSCC
            01 *? N14,csum,gcppos2 ex=255,37 dlpkey=22,10,21|235 # GTIN
            02 *? N14,csum,gcppos2 ex=01,03 req=37 # CONTENT
            10 ? X..20 req=01,02,03,8006,8026 # BATCH/LOT
            11 *? N6,yymmd0 req=01,02,03,8006,8026 # PROD DATE
            13 *? N6,yymmd0 req=01,02,03,8006,8026 # PACK DATE
            15 *? N6,yymmd0 req=01,02,03,8006,8026 # BEST BEFORE or BEST BY
            16 *? N6,yymmd0 req=01,02,03,8006,8026 # SELL BY
            17 *? N6,yymmd0 req=01,02,03,255,8006,8026 # USE BY or EXPIRY
            20 *? N2 req=01,02,03,8006,8026 # VARIANT
            21 X..20 req=01,03,8006 ex=235 # SERIAL
            22 X..20 req=01 # CPV
            235 X..28 req=01 # TPX
            240 ? X..30 req=01,02,03,8006,8026 # ADDITIONAL ID
            30 ? N..8 req=01,02 # VAR. COUNT
            3100-3105 *? N6 req=01,02 ex=310n # NET WEIGHT (kg)
            3110-3115 *? N6 req=01,02 ex=311n # LENGTH (m)
            3150-3155 *? N6 req=01,02 ex=315n # NET VOLUME (l)
            3200-3205 *? N6 req=01,02 ex=320n # NET WEIGHT (lb)
            3560-3565 *? N6 req=01,02 ex=356n # NET WEIGHT (t oz)
            37 ? N..8 req=00 req=02,8026 # COUNT
            3920-3929 ? N..15 req=01 req=30,31nn,32nn,35nn,36nn ex=392n,393n # PRICE
            3930-3939 ? N3,iso4217 N..15 req=30,31nn,32nn,35nn,36nn ex=393n # PRICE
            3950-3955 ? N6 req=30,31nn,32nn,35nn,36nn ex=392n,393n,395n,8005 # PRICE/UoM
            7003 ? N10,yymmddhh req=01,02,8006,8026 # EXPIRY TIME
            8018 ? N18,csum dlpkey=8019 # GSRN - RECIPIENT
            8019 N..10 req=8018 # SRIN
            8110 ? X..70,couponcode # -
            8112 ? X..70,couponposoffer # -
            90 ? X..30 # INTERNAL
            91-99 ? X..90 # INTERNAL
            """)
}
