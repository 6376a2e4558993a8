/// Why a settlement cannot end as asked.
package enum CartLogError: Error, Hashable, Sendable {
    case unknownCart
    /// That ordinal is not being settled.
    case notClosing(Int32)
}
