/// Everything that is not eaten.
extension DemoShop {
    static let household = """
        4012345001396,Toilet paper 8 rolls,piece,3.99,3.49,std,,paper,Weich,,
        4012345001402,Kitchen roll 4,piece,2.49,,std,,paper,Weich,,
        4012345001419,Tissues 30 packets,piece,2.29,,std,,paper,Weich,,
        4012345001426,Washing powder 20,piece,5.99,,std,,laundry,Rein,,
        4012345001433,Fabric softener 1 l,piece,1.99,,std,,laundry,Rein,,
        4012345001440,Washing-up liquid 500 ml,piece,1.19,,std,,cleaning,Rein,,
        4012345001457,Dishwasher tabs 40,piece,6.99,,std,,cleaning,Rein,,
        4012345001464,All-purpose cleaner 1 l,piece,1.79,,std,,cleaning,Rein,,
        4012345001471,Glass cleaner 500 ml,piece,1.69,,std,,cleaning,Rein,,
        4012345001488,Sponges 10,piece,0.99,,std,,cleaning,Rein,,
        4012345001495,Bin bags 35 l 20,piece,1.49,,std,,household,Rein,,
        4012345001501,Aluminium foil 30 m,piece,2.29,,std,,household,Rein,,
        4012345001518,Baking paper 20,piece,1.29,,std,,household,Rein,,
        4012345001525,Candles 10,piece,2.99,,std,,household,Licht,,
        4012345001532,Batteries AA 4,piece,3.99,,std,,household,Licht,,
        4012345001549,Light bulb E27,piece,4.49,,std,,household,Licht,,
        4012345001556,Shampoo 300 ml,piece,2.49,,std,,care,Frisch,,
        4012345001563,Shower gel 250 ml,piece,1.49,,std,,care,Frisch,,
        4012345001570,Soap 2,piece,0.99,,std,,care,Frisch,,
        4012345001587,Toothpaste 75 ml,piece,1.29,,std,,care,Frisch,,
        4012345001594,Toothbrush,piece,1.99,,std,,care,Frisch,,
        4012345001600,Deodorant 150 ml,piece,1.99,,std,,care,Frisch,,
        4012345001617,Hand cream 100 ml,piece,1.79,,std,,care,Frisch,,
        4012345001624,Plasters 20,piece,1.49,,std,,care,Frisch,,
        4012345001631,Nappies 40,piece,8.99,,std,,baby,Frisch,,
        4012345001648,Baby porridge 190 g,piece,1.09,,food,,baby,Frisch,,
        4012345001655,Cat food 400 g,piece,0.89,,food,,pets,Pfote,,
        4012345001662,Dog food 800 g,piece,1.69,,food,,pets,Pfote,,
        4012345001679,Carrier bag,piece,0.25,,std,,bags,,,noDiscount
        4012345001686,Cotton bag,piece,1.49,,std,,bags,,,
        4012345001693,Greeting card,piece,1.99,,std,,stationery,Papier,,
        4012345001709,Ballpoint pens 4,piece,2.49,,std,,stationery,Papier,,
        4012345001716,Notebook A5,piece,1.99,,std,,stationery,Papier,,
        4012345001723,Daily newspaper,piece,2.40,,food,,press,Papier,,noDiscount
        4012345001730,Recalled camping stove,piece,29.90,,std,,household,Licht,,stopped
        """
}
