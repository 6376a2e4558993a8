import GRDB
import ToteCarts
import TotePrivacy
import ToteStorage
import ToteValues

/// The device file, opened as well as the disk allows.
struct TripFile {
    let database: DatabaseQueue
    let salvage: SalvageReport?
    /// Why it can only be read.
    let refusal: TripError?

    private static let steps = CartStore.steps + EgressLedger.steps

    init(_ home: TripHome, world: World) throws(TripError) {
        do throws(StorageError) {
            do throws(StorageError) {
                (database, salvage) = try DatabaseFile.openOrSalvage(
                    path: home.database, steps: Self.steps, verify: CartStore.verify
                ) { damaged, fresh in
                    try CartStore.salvage(world: world)(damaged, fresh)
                    try EgressLedger.salvage(damaged, fresh)
                }
                refusal = nil
            } catch {
                let refused: StorageError
                (database, refused) = try DatabaseFile.openToRead(
                    path: home.database, steps: Self.steps, after: error)
                (salvage, refusal) = (nil, TripError(CartError(refused)))
            }
        } catch { throw TripError(error) }
    }
}
