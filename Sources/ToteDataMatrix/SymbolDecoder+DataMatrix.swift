#if DataMatrix
    public import ToteDecoding
    public import ToteValues

    extension SymbolDecoder {
        /// A decoder that looks for Data Matrix where nothing else is found (trait `DataMatrix`).
        ///
        /// - Parameter world: its clock fills `ReadQuality.milliseconds`, which stays 0 without it.
        /// - Throws: `scannerUnavailable`, if libzbar cannot make a scanner.
        public static func withDataMatrix(
            world: World? = nil
        ) throws(DecodingError) -> SymbolDecoder {
            try SymbolDecoder(world: world, further: [DataMatrixReader()])
        }
    }
#endif
