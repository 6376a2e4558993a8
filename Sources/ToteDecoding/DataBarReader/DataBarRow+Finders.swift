// Looks for finder patterns in the edges of a row and decodes the characters beside them.

extension DataBarRow {
    /// - Parameters:
    ///   - top: first row of the bundle, px.
    ///   - bottom: last row, px.
    func findPairs(top: Int, bottom: Int, into sightings: inout DataBarSightings) {
        edges.withUnsafeBufferPointer { edges in
            // A finder pattern has six edges, and a character beside it eight more.
            guard edges.count >= 14 else { return }
            var index = 0
            while index &+ 5 < edges.count {
                let whole = edges[index &+ 5] &- edges[index]
                let head = edges[index &+ 2] &- edges[index]
                let tail = edges[index &+ 5] &- edges[index &+ 3]
                // Two narrow elements of 15 modules, with half a module of doubt for each.
                if 5 &* tail < whole && 14 &* tail > whole {
                    look(edges, index, narrowFirst: false, top, bottom, into: &sightings)
                }
                if 5 &* head < whole && 14 &* head > whole {
                    look(edges, index, narrowFirst: true, top, bottom, into: &sightings)
                }
                index &+= 1
            }
        }
    }

    private func look(
        _ edges: UnsafeBufferPointer<Int32>, _ start: Int, narrowFirst: Bool, _ top: Int,
        _ bottom: Int, into sightings: inout DataBarSightings
    ) {
        /// From the wide end, 0…5.
        func edge(_ index: Int) -> Int {
            Int(edges[narrowFirst ? start + 5 - index : start + index])
        }
        let four = abs(edge(4) - edge(0))
        // A module of half a pixel cannot be told from its neighbours.
        guard 2 * four >= 14 * Self.unit else { return }
        let numbers = DataBarFinder.numbers(
            first: abs(edge(2) - edge(0)), second: abs(edge(3) - edge(1)), four: four)
        let isMirrored = isBar(start)
        let place = Place(
            edges: edges, start: start, module: four / 14, top: top, bottom: bottom)
        if let number = numbers.omnidirectional {
            place.addPair(
                DataBarFinder(
                    family: .omnidirectional, number: number, isMirrored: isMirrored,
                    isReversed: isMirrored != narrowFirst), into: &sightings)
        }
        if let number = numbers.expanded {
            place.addCharacters(
                DataBarFinder(
                    family: .expanded, number: number, isMirrored: isMirrored,
                    isReversed: isMirrored != narrowFirst), into: &sightings)
        }
    }
}

/// A finder pattern in a row.
private struct Place {
    let edges: UnsafeBufferPointer<Int32>
    /// Its first edge.
    let start: Int
    let module: Int
    let top: Int
    let bottom: Int

    /// The character left or right of the finder pattern in the picture.
    private func character(
        _ kind: DataBarCharacterKind, onLeft: Bool
    ) -> DataBarCharacter? {
        let outer = onLeft ? start - 8 : start + 13
        guard outer >= 0, outer < edges.count else { return nil }
        let inner = onLeft ? start : start + 5
        let modules = abs(Int(edges[inner]) - Int(edges[outer]))
        // A fifth more or less, for perspective and for blur of the finder pattern.
        guard 5 * modules <= 6 * kind.modules * module, 5 * modules >= 4 * kind.modules * module
        else { return nil }
        return DataBarCharacter(kind) { Int(edges[onLeft ? outer + $0 : outer - $0]) }
    }

    private func sighting(_ finder: DataBarFinder) -> DataBarSighting {
        let last = edges.count - 1
        return DataBarSighting(
            finder: finder, isSecond: false, value: 0, check: 0, votes: 1,
            centre: (Int(edges[start]) + Int(edges[start + 5])) / 2, module: module,
            left: Int(edges[max(start - 8, 0)]) / DataBarRow.unit,
            right: Int(edges[min(start + 13, last)]) / DataBarRow.unit, top: top, bottom: bottom)
    }

    func addPair(_ finder: DataBarFinder, into sightings: inout DataBarSightings) {
        // The outside character of the left half is on the left, unless read from right to left.
        let outsideOnLeft = finder.isMirrored == finder.isReversed
        guard let outside = character(.outside, onLeft: outsideOnLeft),
            let inside = character(.inside, onLeft: !outsideOnLeft)
        else { return }
        let first = finder.isMirrored ? 16 : 0
        var sighting = sighting(finder)
        sighting.value = DataBarPair.value(outside: outside.value, inside: inside.value)
        sighting.check =
            (outside.weighted(from: first, modulus: DataBarPair.modulus)
                + inside.weighted(from: first + 8, modulus: DataBarPair.modulus))
            % DataBarPair.modulus
        sightings.add(sighting)
    }

    func addCharacters(_ finder: DataBarFinder, into sightings: inout DataBarSightings) {
        for isSecond in [false, true] {
            let onLeft = isSecond == finder.isReversed
            guard let character = character(.expanded, onLeft: onLeft) else { continue }
            var sighting = sighting(finder)
            sighting.isSecond = isSecond
            sighting.value = character.value
            let row = 4 * finder.number + (finder.isMirrored ? 2 : 0) + (isSecond ? 1 : 0)
            // The check character stands in row 0 and has no weight.
            sighting.check =
                row == 0
                ? 0
                : character.weighted(from: 8 * (row - 1), modulus: ExpandedSequence.modulus)
            sightings.add(sighting)
        }
    }
}
