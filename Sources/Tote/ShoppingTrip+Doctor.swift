import ToteCarts
import ToteCatalogue
import ToteExits
import ToteMembers
import ToteStorage
import ToteValues

/// What a shopper or an operator can check on the spot.
extension ShoppingTrip {
    /// Looks at files, settings, catalogue, keys and store, and says what to do where something
    /// is wrong.
    public func doctor() async -> [DoctorFinding] {
        var findings = [deviceFile]
        if let salvage {
            findings.append(
                .sick(
                    "salvage", "The device file was damaged: \(salvage.finding).",
                    mend: "What could be read was kept; the old file is \(salvage.keptPath)."))
        }
        findings += [catalogueFinding, keysFinding, signInFinding, await storeFinding()]
        return findings
    }

    private var deviceFile: DoctorFinding {
        if let refusal {
            return .sick("device file", "Can only be read: \(refusal.message)", mend: refusal.mend)
        }
        do throws(StorageError) {
            let settings = try DatabaseSettings(of: database)
            guard settings.isDurable, settings.check == "ok" else {
                return .sick(
                    "device file", settings.check, mend: "Copy the folder, then ask for help.")
            }
            return .healthy(
                "device file",
                "SQLite \(settings.version), journal \(settings.journalMode), synchronous "
                    + "\(settings.synchronous), check \(settings.check)")
        } catch {
            return .sick("device file", error.message, mend: error.mend)
        }
    }

    private var catalogueFinding: DoctorFinding {
        do throws(TripError) {
            let catalogue = try catalogue()
            return .healthy(
                "catalogue",
                "\(catalogue.profile.name), version \(catalogue.catalogueVersion), price book "
                    + "\(catalogue.bookVersion), \(catalogue.count()) articles")
        } catch {
            return .sick("catalogue", error.message, mend: error.mend)
        }
    }

    private var keysFinding: DoctorFinding {
        guard let keys = (try? keySet()) ?? nil else {
            return .sick(
                "store keys", "No verified keys.", mend: "Go online once: tote sync")
        }
        return .healthy("store keys", "store \(keys.store), set \(keys.version)")
    }

    private var signInFinding: DoctorFinding {
        do throws(TripError) {
            let session = try membership()
            return .healthy(
                "sign-in", session.map { "signed in until \($0.refreshExpiresAt)" } ?? "guest")
        } catch {
            return .sick("sign-in", error.message, mend: error.mend)
        }
    }

    private func storeFinding() async -> DoctorFinding {
        do throws(TripError) {
            let report = try await prepare()
            guard !report.offline else {
                return .sick(
                    "store", "The store does not answer.",
                    mend: "Scanning goes on; check the network and TOTE_STORE.")
            }
            return .healthy("store", "\(report.storeName) answers")
        } catch {
            return .sick("store", error.message, mend: error.mend)
        }
    }
}

extension DoctorFinding {
    static func healthy(_ name: String, _ detail: String) -> DoctorFinding {
        DoctorFinding(name: name, isHealthy: true, detail: detail, mend: "")
    }

    static func sick(_ name: String, _ detail: String, mend: String) -> DoctorFinding {
        DoctorFinding(name: name, isHealthy: false, detail: detail, mend: mend)
    }
}
