/// Offers of the demo shop (`offers.md` section 2). The member prices stand with the
/// articles. `summer-2026` has ended, `spring-2099` has not begun, `airport` runs elsewhere and
/// `monday-eggs` and `evening-bread` at their time only: so that reasons can be seen, too.
extension DemoShop {
    /// A JSON array.
    static let promotions =
        "["
        + [percentAndAmount, sets, baskets, coupons, members, others].joined(separator: ",\n")
        + "]"

    private static let percentAndAmount = #"""
        {"id":"coffee-10","type":"percentOff","bp":1000,"select":{"categories":["coffee"]},
         "texts":{"en":{"title":"10 % off all coffee","receipt":"COFFEE -10%"}}},
        {"id":"wine-150","type":"amountOff","amount":150,"select":{"skus":["04012345000023"]},
         "texts":{"en":{"title":"1.50 off red wine","receipt":"WINE -1.50"}}},
        {"id":"water-20","type":"amountOff","amount":20,"select":{"categories":["water"]},
         "texts":{"en":{"title":"0.20 off each bottle of water","receipt":"WATER -0.20"}}},
        {"id":"olive-oil-699","type":"fixedPrice","price":699,"select":{"skus":["04012345000061"]},
         "texts":{"en":{"title":"Olive oil for 6.99","receipt":"OLIVE OIL 6.99"}}},
        {"id":"cheese-counter-20","type":"percentOff","bp":2000,
         "select":{"skus":["04012345000054"]},
         "texts":{"en":{"title":"20 % off mountain cheese","receipt":"CHEESE -20%"}}}
        """#

    private static let sets = #"""
        {"id":"yoghurt-3-for-150","type":"nForPrice","n":3,"price":150,
         "select":{"categories":["yoghurt"]},
         "texts":{"en":{"title":"3 yoghurts for 1.50","receipt":"YOGHURT 3 FOR 1.50"}}},
        {"id":"chocolate-2-plus-1","type":"buyXgetY","buy":2,"get":1,"bp":10000,
         "select":{"categories":["chocolate"]},
         "texts":{"en":{"title":"Chocolate: buy 2, get 1 free","receipt":"CHOCOLATE 2+1"}}},
        {"id":"pasta-and-sauce","type":"buyAgetB","buy":2,"get":1,"bp":5000,
         "select":{"categories":["pasta"]},"reward":{"categories":["sauce"]},
         "texts":{"en":{"title":"2 pasta: a sauce at half price","receipt":"PASTA+SAUCE"}}},
        {"id":"breakfast","type":"bundle","price":999,
         "slots":[{"select":{"categories":["bread"]}},{"select":{"categories":["butter"]}},
         {"select":{"categories":["spread"]}}],
         "texts":{"en":{"title":"Bread, butter and spread for 9.99","receipt":"BREAKFAST 9.99"}}},
        {"id":"wine-6","type":"nPercent","n":6,"bp":1000,"select":{"categories":["wine"]},
         "texts":{"en":{"title":"10 % off 6 bottles of wine","receipt":"6 WINES -10%"}}}
        """#

    private static let baskets = #"""
        {"id":"spend-30-save-5","layer":"basket","type":"basket","amount":500,"min":3000,
         "exclusiveGroup":"spend",
         "texts":{"en":{"title":"5.00 off from 30.00","receipt":"FROM 30.00 -5.00"}}},
        {"id":"spend-100-save-8-percent","layer":"basket","type":"basket",
         "tiers":[{"min":10000,"bp":800},{"min":20000,"bp":1000}],"exclusiveGroup":"spend",
         "memberOnly":true,
         "texts":{"en":{"title":"Members: 8 % off from 100.00","receipt":"MEMBER -8%"}}}
        """#

    private static let coupons = #"""
        {"id":"welcome-1","layer":"storeCoupon","type":"couponAmount","require":1,"amount":100,
         "coupon":"WELCOME","maxApplications":1,
         "texts":{"en":{"title":"Welcome: 1.00 off","receipt":"WELCOME -1.00"}}},
        {"id":"free-gum","layer":"storeCoupon","type":"couponFree","coupon":"FREEGUM",
         "maxApplications":1,"select":{"categories":["gum"]},
         "texts":{"en":{"title":"A chewing gum for free","receipt":"GUM FREE"}}}
        """#

    private static let members = #"""
        {"id":"gold-fruit-5","type":"percentOff","bp":500,"select":{"categories":["fruit",
         "vegetables"]},"segments":["tier:gold"],
         "texts":{"en":{"title":"Gold: 5 % off fruit and vegetables","receipt":"GOLD -5%"}}},
        {"id":"member-juice","type":"nForPrice","n":2,"price":350,"select":{"categories":["juice"]},
         "memberOnly":true,"perMember":2,
         "texts":{"en":{"title":"Members: 2 juices for 3.50","receipt":"JUICE 2 FOR 3.50"}}}
        """#

    private static let others = #"""
        {"id":"evening-bread","type":"percentOff","bp":3000,"select":{"categories":["bread"]},
         "schedule":{"hours":["19:00","22:00"]},
         "texts":{"en":{"title":"30 % off bread after 7 pm","receipt":"BREAD -30%"}}},
        {"id":"monday-eggs","type":"amountOff","amount":50,"select":{"categories":["eggs"]},
         "schedule":{"days":["Mon"]},
         "texts":{"en":{"title":"0.50 off eggs on Mondays","receipt":"EGGS -0.50"}}},
        {"id":"summer-2026","type":"percentOff","bp":2000,"select":{"categories":["ice-cream"]},
         "schedule":{"from":"2026-06-01","until":"2026-09-01"},
         "texts":{"en":{"title":"20 % off ice cream","receipt":"ICE CREAM -20%"}}},
        {"id":"spring-2099","type":"percentOff","bp":1000,"select":{"categories":["fruit"]},
         "schedule":{"from":"2099-03-01"},
         "texts":{"en":{"title":"10 % off fruit","receipt":"FRUIT -10%"}}},
        {"id":"airport","type":"percentOff","bp":1000,"stores":["43"],
         "texts":{"en":{"title":"10 % off at the airport","receipt":"AIRPORT -10%"}}}
        """#
}
