extension IdentifierTable {
    /// Parties and places, transport, health care, and what companies agree on.
    static let details = """
        400 ? X..30 # ORDER NUMBER
        401 !? X..30,gcppos1 dlpkey # GINC
        402 !? N17,csum,gcppos1 dlpkey # GSIN
        403 ? X..30 req=00 # ROUTE
        410 *? N13,csum,gcppos1 # SHIP TO LOC
        411 *? N13,csum,gcppos1 # BILL TO
        412 *? N13,csum,gcppos1 # PURCHASE FROM
        413 *? N13,csum,gcppos1 # SHIP FOR LOC
        414 *!? N13,csum,gcppos1 dlpkey=254|7040 # LOC No.
        415 *? N13,csum,gcppos1 req=8020 dlpkey=8020 # PAY TO
        416 *? N13,csum,gcppos1 # PROD/SERV LOC
        417 *? N13,csum,gcppos1 dlpkey=7040 # PARTY
        420 ? X..20 ex=421 # SHIP TO POST
        421 ? N3,iso3166 X..9 ex=4307 # SHIP TO POST
        422 ? N3,iso3166 req=01,02,8006,8026 ex=426 # ORIGIN
        423 ? N3,iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166 req=01,02 ex=426 \
        # COUNTRY - INITIAL PROCESS
        424 ? N3,iso3166 req=01,02 ex=426 # COUNTRY - PROCESS
        425 ? N3,iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166 req=01,02 ex=426 \
        # COUNTRY - DISASSEMBLY
        426 ? N3,iso3166 req=01,02 # COUNTRY - FULL PROCESS
        427 ? X..3 req=01,02 req=422 # ORIGIN SUBDIVISION
        4300 ? X..35,pcenc req=00 # SHIP TO COMP
        4301 ? X..35,pcenc req=00 # SHIP TO NAME
        4302 ? X..70,pcenc req=00 # SHIP TO ADD1
        4303 ? X..70,pcenc req=4302 # SHIP TO ADD2
        4304 ? X..70,pcenc req=00 # SHIP TO SUB
        4305 ? X..70,pcenc req=00 # SHIP TO LOC
        4306 ? X..70,pcenc req=00 # SHIP TO REG
        4307 ? X2,iso3166alpha2 req=00 # SHIP TO COUNTRY
        4308 ? X..30 req=00 # SHIP TO PHONE
        4309 ? N10,latitude N10,longitude req=00 # SHIP TO GEO
        4310 ? X..35,pcenc req=00 # RTN TO COMP
        4311 ? X..35,pcenc req=00 # RTN TO NAME
        4312 ? X..70,pcenc req=00 # RTN TO ADD1
        4313 ? X..70,pcenc req=4312 # RTN TO ADD2
        4314 ? X..70,pcenc req=00 # RTN TO SUB
        4315 ? X..70,pcenc req=00 # RTN TO LOC
        4316 ? X..70,pcenc req=00 # RTN TO REG
        4317 ? X2,iso3166alpha2 req=00 # RTN TO COUNTRY
        4318 ? X..20 req=00 # RTN TO POST
        4319 ? X..30 req=00 # RTN TO PHONE
        4320 ? X..35,pcenc req=00 # SRV DESCRIPTION
        4321 ? N1,yesno req=00 # DANGEROUS GOODS
        4322 ? N1,yesno req=00 # AUTH TO LEAVE
        4323 ? N1,yesno req=00 # SIG REQUIRED
        4324 ? N6,yymmd0 N4,hhmi req=00 # NOT BEF DEL DT
        4325 ? N6,yymmd0 N4,hhmi req=00 # NOT AFT DEL DT
        4326 ? N6,yymmdd req=00 # REL DATE
        4330 ? N6 [X1],hyphen req=00 ex=4331 # MAX TEMP F.
        4331 ? N6 [X1],hyphen req=00 ex=4330 # MAX TEMP C.
        4332 ? N6 [X1],hyphen req=00 ex=4333 # MIN TEMP F.
        4333 ? N6 [X1],hyphen req=00 ex=4332 # MIN TEMP C.
        7001 ? N13 req=01,02,8006,8026 # NSN
        7002 ? X..30 req=01,02 # MEAT CUT
        7003 ? N6,yymmdd N4,hhmi req=01,02 # EXPIRY TIME
        7004 ? N..4 req=01 req=10 # ACTIVE POTENCY
        7005 ? X..12 req=01,02 # CATCH AREA
        7006 ? N6,yymmdd req=01,02 # FIRST FREEZE DATE
        7007 ? N6,yymmdd [N6],yymmdd req=01,02 # HARVEST DATE
        7008 ? X..3 req=01,02 # AQUATIC SPECIES
        7009 ? X..10 req=01,02 # FISHING GEAR TYPE
        7010 ? X..2 req=01,02 # PROD METHOD
        7011 ? N6,yymmdd [N4],hhmi req=01,02 # TEST BY DATE
        7020 ? X..20 req=01,8006 req=416 # REFURB LOT
        7021 ? X..20 req=01,8006 # FUNC STAT
        7022 ? X..20 req=7021 # REV STAT
        7023 ? X..30,gcppos1 # GIAI - ASSEMBLY
        7030-7039 ? N3,iso3166999 X..27 req=01,02 # PROCESSOR
        7040 N1 X1 X1 X1,importeridx # UIC+EXT
        7041 X..4,packagetype req=00 # UFRGT UNIT TYPE
        710 ? X..20 req=01 # NHRN PZN
        711 ? X..20 req=01 # NHRN CIP
        712 ? X..20 req=01 # NHRN CN
        713 ? X..20 req=01 # NHRN DRN
        714 ? X..20 req=01 # NHRN AIM
        715 ? X..20 req=01 # NHRN NDC
        716 ? X..20 req=01 # NHRN AIC
        7230-7239 ? X2 X..28 req=01,8004 # CERT
        7240 ? X..20 req=01,8006 # PROTOCOL
        7241 ? N2,mediatype req=8017,8018 # AIDC MEDIA TYPE
        7242 ? X..25 req=8017,8018 # VCN
        7250 ? N8,yyyymmdd req=8018 ex=7251 # DOB
        7251 ? N8,yyyymmdd N4,hhmi req=8018 ex=7250 # DOB TIME
        7252 ? N1,iso5218 req=8018 # BIO SEX
        7253 ? X..40,pcenc req=8017,8018 ex=7256,7259 # FAMILY NAME
        7254 ? X..40,pcenc req=8017,8018 ex=7256,7259 # GIVEN NAME
        7255 ? X..10 req=8017,8018 ex=7256,7259 # SUFFIX
        7256 ? X..90,pcenc req=8017,8018 # FULL NAME
        7257 ? X..70,pcenc req=8018 # PERSON ADDR
        7258 ? X3,posinseqslash req=8018+7259 # BIRTH SEQUENCE
        7259 ? X..40,pcenc req=8018 ex=7256 # BABY
        8002 ? X..20 # CMT No.
        8003 !? N1,zero N13,csum,gcppos1 [X..16] dlpkey # GRAI
        8004 !? X..30,gcppos1 dlpkey=7040 # GIAI
        8006 ? N14,csum,gcppos2 N4,pieceoftotal ex=01,37 dlpkey=22,10,21 # ITIP
        8007 ? X..34,iban req=415 # IBAN
        8008 ? N6,yymmdd N2,hh [N2],mi [N2],ss req=01,02 # PROD TIME
        8009 ? X..50 req=00,01 # OPTSEN
        8010 !? Y..30,gcppos1 dlpkey=8011 # CPID
        8011 N..12,nozeroprefix req=8010 # CPID SERIAL
        8012 ? X..20 req=01,8006 # VERSION
        8013 !? X..25,csumalpha,gcppos1 dlpkey # GMN
        8014 X..25,csumalpha,gcppos1,hasnondigit req=01 # MUDI
        8017 !? N18,csum,gcppos1 ex=8018 dlpkey=8019 # GSRN - PROVIDER
        8018 !? N18,csum,gcppos1 ex=8017 dlpkey=8019 # GSRN - RECIPIENT
        8019 N..10 req=8017,8018 # SRIN
        8020 X..25 req=415 # REF No.
        8026 ? N14,csum,gcppos2 N4,pieceoftotal req=37 ex=02,8006 # ITIP CONTENT
        8030 ? Z..90 req=00,01+21,253,255,8003,8004,8006+21,8010+8011,8017,8018 # DIGSIG
        8200 X..70 req=01 # PRODUCT URL
        90 ? X..30 # INTERNAL
        91-99 ? X..90 # INTERNAL

        """
}
