/// Grey values of a picture between its pixels.
struct GreySampler {
    let pixels: UnsafePointer<UInt8>
    let width: Int
    let height: Int

    /// Interpolated; outside the picture as at its rim.
    @inline(__always)
    func callAsFunction(_ x: Double, _ y: Double) -> Double {
        // So written, no value whatever can leave the picture.
        let x = x > 0.5 ? min(x - 0.5, Double(width - 1)) : 0
        let y = y > 0.5 ? min(y - 0.5, Double(height - 1)) : 0
        let column = Int(x)
        let row = Int(y)
        let alongX = x - Double(column)
        let alongY = y - Double(row)
        let upper = pixels + (row &* width &+ column)
        let right = column &+ 1 < width ? 1 : 0
        let lower = upper + (row &+ 1 < height ? width : 0)
        let top = Double(upper[0]) * (1 - alongX) + Double(upper[right]) * alongX
        let bottom = Double(lower[0]) * (1 - alongX) + Double(lower[right]) * alongX
        return top * (1 - alongY) + bottom * alongY
    }
}
