import Crypto
import ToteStorage
package import ToteValues

/// All that a store does, ready to be asked; the routes are thin adaptors to these.
package struct StoreServices: Sendable {
    package let configuration: StoreConfiguration
    package let world: World
    package let address: StoreAddress
    package let database: StoreDatabase
    package let members: MemberAuthority
    let activatePage: ActivatePage

    /// Opens the folder's files, makes what is missing, and seeds the demo when asked.
    package static func open(
        _ configuration: StoreConfiguration, world: World
    ) async throws -> StoreServices {
        try PrivateFile.makeFolder(configuration.folder)
        let database = try StoreDatabase.open(folder: configuration.folder, world: world)
        let address = StoreAddress(publicURL: configuration.publicURL)
        let members = await MemberAuthority(
            database: database, world: world,
            tokenKey: Curve25519.Signing.PrivateKey(),
            sealKey: try sealKey(folder: configuration.folder, world: world), address: address,
            store: configuration.storeNumber)
        try await members.purge()
        if configuration.demo { try await DemoMembers.seed(members) }
        return StoreServices(
            configuration: configuration, world: world, address: address, database: database,
            members: members,
            activatePage: ActivatePage(storeName: "Tote store \(configuration.storeNumber)"))
    }

    /// Points that the caller may burn now.
    func points(of caller: Caller) async throws -> Int64 { 0 }

    /// The key that seals members' columns, in a file of its own: whoever has only the database
    /// reads no name.
    private static func sealKey(folder: String, world: World) throws -> [UInt8] {
        let path = folder + "/members.key"
        if let key = try PrivateFile.read(path), key.count == 32 { return key }
        let key = world.randomBytes(32)
        try PrivateFile.write(key, to: path)
        return key
    }
}
