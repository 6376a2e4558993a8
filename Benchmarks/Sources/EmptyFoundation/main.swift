import Foundation

// The least that keeps the library linked.
exit(Date.distantPast < Date.distantFuture ? 0 : 1)
