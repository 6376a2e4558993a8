/// Events by (time, insertion): a binary heap, so two runs of a seed pop in the same order.
struct EventHeap<Event> {
    private struct Item {
        let time: Int64
        let order: Int
        let event: Event

        func isBefore(_ other: Item) -> Bool {
            time != other.time ? time < other.time : order < other.order
        }
    }

    private var items: [Item] = []
    private var inserted = 0

    var isEmpty: Bool { items.isEmpty }
    var nextTime: Int64? { items.first?.time }

    mutating func insert(_ event: Event, at time: Int64) {
        inserted += 1
        items.append(Item(time: time, order: inserted, event: event))
        var index = items.count - 1
        while index > 0 {
            let parent = (index - 1) / 2
            guard items[index].isBefore(items[parent]) else { return }
            items.swapAt(index, parent)
            index = parent
        }
    }

    mutating func pop() -> (time: Int64, event: Event)? {
        guard let first = items.first else { return nil }
        let last = items.removeLast()
        if !items.isEmpty {
            items[0] = last
            sink()
        }
        return (first.time, first.event)
    }

    private mutating func sink() {
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < items.count && items[child].isBefore(items[least]) {
                least = child
            }
            guard least != index else { return }
            items.swapAt(index, least)
            index = least
        }
    }
}
