// Links the libraries of howopen and does nothing: the floor of what starting can cost.
int main() {
  return 0;
}
