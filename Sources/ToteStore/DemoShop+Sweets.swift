/// Sweets, snacks and ice cream; some in EAN-8.
extension DemoShop {
    static let sweets = """
        4012345000030,Milk chocolate 100 g,piece,1.29,,food,,chocolate sweets,Kakaorei,,
        4012345000566,Dark chocolate 100 g,piece,1.49,,food,,chocolate sweets,Kakaorei,,
        4012345000573,Hazelnut chocolate 100 g,piece,1.39,,food,,chocolate sweets,Kakaorei,,
        4012345000580,White chocolate 100 g,piece,1.29,,food,,chocolate sweets,Kakaorei,,
        4012345000597,Chocolates 200 g,piece,3.99,,food,,sweets,Kakaorei,,
        4012345000603,Fruit gums 200 g,piece,0.99,,food,,sweets,Bunt,,
        4012345000610,Liquorice 200 g,piece,1.19,,food,,sweets,Bunt,,
        40123455,Chewing gum,piece,0.89,,food,,sweets gum,Bunt,,
        40123462,Peppermints,piece,0.79,,food,,sweets,Bunt,,
        40123479,Chocolate bar,piece,0.69,,food,,sweets,Kakaorei,,
        4012345000627,Butter biscuits 200 g,piece,1.29,,food,,biscuits sweets,Hofbrot,,
        4012345000634,Wafers 250 g,piece,1.49,,food,,biscuits sweets,Hofbrot,,
        4012345000641,Salted crisps 175 g,piece,1.79,1.49,food,,snacks,Knister,,
        4012345000658,Paprika crisps 175 g,piece,1.79,,food,,snacks,Knister,,
        4012345000665,Pretzel sticks 250 g,piece,0.99,,food,,snacks,Knister,,
        4012345000672,Salted peanuts 200 g,piece,1.69,,food,,snacks nuts,Knister,,
        4012345000689,Almonds 200 g,piece,2.99,,food,,nuts,Knister,,
        4012345000696,Walnuts 200 g,piece,3.29,,food,,nuts,Knister,,
        4012345000702,Raisins 250 g,piece,1.49,,food,,nuts,Knister,,
        4012345000719,Vanilla ice cream 1 l,piece,2.99,,food,,ice-cream frozen,Eismeer,,
        4012345000726,Chocolate ice cream 1 l,piece,2.99,,food,,ice-cream frozen,Eismeer,,
        4012345000733,Strawberry ice cream 1 l,piece,2.99,,food,,ice-cream frozen,Eismeer,,
        """
}
