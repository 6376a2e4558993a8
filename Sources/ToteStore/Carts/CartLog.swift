/// The store's ordered log of carts: functions inside a transaction of whoever calls them.
package enum CartLog {}
